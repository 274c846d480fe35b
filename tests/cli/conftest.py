"""The commands in this process, with a crew that reads scores off the sources."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gradekit.cli import main
from gradekit.judge.verdict import Deduction, PartVerdict, Verdict
from gradekit.submissions.found import Found

LAB = "softmax_regression"


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


@dataclass
class Crews:
    """What fake crews were asked for, and how they behave."""

    started: list[dict[str, Any]] = field(default_factory=list)
    graded: list[list[str]] = field(default_factory=list)  # per crew, the lines it read
    level: str = "strict"
    stop_after: int | None = None  # then `fault` is raised
    fault: BaseException = field(default_factory=KeyboardInterrupt)

    @contextlib.contextmanager
    def crew(self, lab: object, **asked: Any) -> Iterator[SimpleNamespace]:
        """Stand in for the engine's crew."""
        self.started.append(asked)
        self.graded.append([])
        yield SimpleNamespace(level=self.level, layers=(), grade=self.grade)

    def grade(self, found: Sequence[Found], done: Callable[[Verdict], None]) -> list[Verdict]:
        """Grade in reverse order, by the first line of each source: '# SCORE' or '# void'."""
        for number, item in enumerate(reversed(found)):
            if number == self.stop_after:
                raise self.fault
            line = "".join(item.sources.values()).splitlines()[0].removeprefix("# ")
            self.graded[-1].append(line)
            done(verdict(item.student, None if line == "void" else float(line)))
        return []


def verdict(student: str, score: float | None) -> Verdict:
    """Return a verdict that lost points for step-sign, or is void."""
    if score is None:
        return Verdict(student, "void", 0.0, 100.0, reason="the zygote is gone")
    lost = 100.0 - score
    deductions = (Deduction("step-sign", "softmax", lost, "why", "proof"),) if lost else ()
    parts = (PartVerdict("softmax", "Softmax", score, 100.0, ()),)
    return Verdict(student, "graded", score, 100.0, parts, deductions, seconds=0.25)


@pytest.fixture
def crews(monkeypatch: pytest.MonkeyPatch) -> Crews:
    """Put fake crews in place of the engine's."""
    made = Crews()
    monkeypatch.setattr("gradekit.cli.batch.crew", made.crew)
    return made


@pytest.fixture
def gradekit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Return a function that runs a command in this process."""

    def run(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["gradekit", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes '# SCORE' as students' files, and returns their folder."""

    def write(**scores: float | str) -> Path:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for student, score in scores.items():
            (folder / f"{student}.py").write_text(f"# {score}\n", "utf-8")
        return folder

    return write


@pytest.fixture
def grade(
    gradekit: Callable[..., Done], crews: Crews, hand_in: Callable[..., Path], tmp_path: Path
) -> Callable[..., Done]:
    """Return a function that grades students with these scores into one folder."""

    def run(*words: str, **scores: float | str) -> Done:
        return gradekit("grade", hand_in(**scores), "--lab", LAB, "--out", tmp_path / "out", *words)

    return run
