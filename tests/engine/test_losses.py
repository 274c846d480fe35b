"""A judge process that is killed in the middle of a batch."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gradekit.engine import local
from gradekit.engine.local import MAX_LOST, Crew, crew
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.submissions.found import Found

SAMPLE = Path(__file__).parents[2] / "submissions/softmax_regression/right_terse"


def found(*students: str) -> list[Found]:
    """Return submissions of these students."""
    return [Found(student, "", {}) for student in students]


def verdict(student: str, status: Any = "graded", reason: str = "") -> Verdict:
    """Return a verdict that says which process gave it."""
    return Verdict(student, status, 1.0, 1.0, reason=reason or f"by {os.getpid()}")


class Judge:
    """Stands in for a judge; grading is what the test puts into `local._grade`."""

    client: Any = None

    def void(self, student: str, reason: str) -> Verdict:
        """Return a verdict that says why there is none."""
        return verdict(student, "void", reason)


class Zygotes:
    """Stands in for zygotes, and counts them."""

    def __init__(self) -> None:
        self.started, self.closed = 0, 0

    def start(self, lab: object, judges: int, isolation: object) -> Any:
        """Return one more."""
        self.started += 1
        clients = [SimpleNamespace(slot=slot, of=self.started) for slot in range(judges)]
        return SimpleNamespace(clients=clients, close=self.close)

    def close(self) -> None:
        """Count."""
        self.closed += 1


@pytest.fixture
def zygotes(monkeypatch: pytest.MonkeyPatch) -> Zygotes:
    """Put counted zygotes in place of real ones."""
    made = Zygotes()
    monkeypatch.setattr(local, "start_zygote", made.start)
    monkeypatch.setattr(local, "wait_ready", lambda zygote, isolation: None)
    return made


@pytest.fixture
def two_judges(zygotes: Zygotes) -> Crew:
    """Return a crew of two judges that grade by what the test says."""
    lab: Any = SimpleNamespace()
    judges: Any = [Judge(), Judge()]
    return Crew(lab, judges, zygotes.start(lab, 2, "process"), "process")


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let a submission '…-N' kill its judge process N times; return where deaths are written."""

    def grade(judge: object, item: Found) -> Verdict:
        log = tmp_path / item.student
        with log.open("a") as stream:
            stream.write("x")
        times = int(item.student.partition("-")[2] or 0)
        if log.stat().st_size <= times:
            os.kill(os.getpid(), signal.SIGKILL)
        return verdict(item.student)

    monkeypatch.setattr(local, "_grade", grade)
    return tmp_path


def statuses(verdicts: list[Verdict]) -> dict[str, str]:
    """Return each student's status."""
    return {one.student: one.status for one in verdicts}


def test_a_batch_goes_on_after_a_loss(two_judges: Crew, deadly: Path) -> None:
    """The submission is graded in a fresh process, and so are all others, in order."""
    students = ["a", "b", "killer-1", "c", "d"]
    seen: list[Verdict] = []
    verdicts = two_judges.grade(found(*students), seen.append)
    assert [one.student for one in verdicts] == students
    assert set(statuses(verdicts).values()) == {"graded"}
    assert (deadly / "killer-1").read_text() == "xx"
    assert str(os.getpid()) not in {one.reason.removeprefix("by ") for one in verdicts}


def test_each_verdict_is_told_once(two_judges: Crew, deadly: Path) -> None:
    """A report gets no submission twice, and none is left out."""
    seen: list[Verdict] = []
    students = ["a", "killer-2", "b", "killer-9", "c"]
    two_judges.grade(found(*students), seen.append)
    assert Counter(one.student for one in seen) == Counter(students)


def test_what_kills_each_judge_becomes_void(two_judges: Crew, deadly: Path) -> None:
    """After three judges it is void, in words; the others have their verdicts."""
    verdicts = two_judges.grade(found("a", "killer-99", "b", "c"), lambda one: None)
    by_name = {one.student: one for one in verdicts}
    assert by_name["killer-99"].status == "void"
    assert f"ended while they graded it, {MAX_LOST} times" in by_name["killer-99"].reason
    assert {by_name[name].status for name in "abc"} == {"graded"}
    assert (deadly / "killer-99").read_text() == "x" * MAX_LOST


def test_a_loss_gives_all_judges_a_fresh_zygote(
    two_judges: Crew, zygotes: Zygotes, deadly: Path
) -> None:
    """The old one may hold runners of the judge that is gone; it is closed."""
    two_judges.grade(found("a", "killer-1", "b"), lambda one: None)
    assert (zygotes.started, zygotes.closed) == (2, 1)
    assert [judge.client for judge in two_judges.judges] == two_judges.zygote.clients
    assert vars(two_judges.zygote.clients[0])["of"] == 2


def test_no_loss_starts_no_zygote(two_judges: Crew, zygotes: Zygotes, deadly: Path) -> None:
    """A quiet batch has the one that it began with."""
    two_judges.grade(found("a", "b", "c"), lambda one: None)
    assert (zygotes.started, zygotes.closed) == (1, 0)


def test_a_real_batch_survives_a_killed_judge(
    plugins: Plugins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With real judges and zygotes: killed once, graded then, and as if nothing had been."""
    real = local._grade

    def grade(judge: Any, item: Found) -> Verdict:
        flag = tmp_path / "died"
        if item.student == "one" and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return real(judge, item)

    monkeypatch.setattr(local, "_grade", grade)
    text = (SAMPLE / "softmax_regression.py").read_text("utf-8")
    items = [Found(name, "", {"softmax_regression.py": text}) for name in ("one", "two", "three")]
    lab = plugins.labs["softmax_regression"]
    with crew(lab, jobs=2, seed=0, isolation="process") as judges:
        verdicts = judges.grade(items, lambda one: None)
    assert (tmp_path / "died").exists()
    assert [(one.student, one.status, one.score) for one in verdicts] == [
        (name, "graded", 100.0) for name in ("one", "two", "three")
    ]
