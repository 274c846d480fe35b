"""The files that a batch is written to: what they hold, and what they never hold."""

from __future__ import annotations

import csv
import errno
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradekit.judge.verdict import Deduction, PartVerdict, PropertyResult, Verdict
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.report import feedback, overview, scores, verdicts
from gradekit.report.batch import Batch
from gradekit.report.table import named, points, render, summary
from gradekit.report.write import write_whole
from gradekit.store.records import Override

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\x1b[31mred",
    "\u202egnp.exe",
    "two\nlines\n# title",
    "[x](javascript:1)",
    "| a | b |",
    '"quoted", ;=1',
)

Make = Callable[..., Batch]


def deduction(mistake: str | None, part: str, lost: float, **more: Any) -> Deduction:
    """Return a deduction with texts of its own."""
    fields = {"reason": "A step is wrong.", "proof": "seen on 3 cases"} | more
    return Deduction(mistake, part, lost, **fields)


def judged(student: str, *deductions: Deduction, **more: Any) -> Verdict:
    """Return a verdict on softmax_regression with these deductions."""
    parts = []
    for name, worth in (("softmax", 30.0), ("forward", 20.0), ("manual_backward", 50.0)):
        lost = sum(d.points for d in deductions if d.part == name)
        check = PropertyResult(
            f"{name}_holds",
            f"{name} is right",
            "failed" if lost else "passed",
            f"{student} fails" if lost else "",
        )
        parts.append(PartVerdict(name, f"Part {name}", round(worth - lost, 2), worth, (check,)))
    total = round(sum(part.score for part in parts), 2)
    floor = more.get("floor", 0.0)
    return Verdict(student, "graded", max(total, floor), 100.0, tuple(parts), deductions, **more)


@pytest.fixture
def lab(plugins: Plugins) -> Lab:
    """Return the lab of the batches."""
    return plugins.labs["softmax_regression"]


@pytest.fixture
def make(lab: Lab) -> Make:
    """Return a function that makes a batch of verdicts."""
    return lambda *judgements: Batch(lab, judgements, 7, "0.1.0")


def hostile(name: str) -> Verdict:
    """Return a verdict with this text wherever a submission's text may stand."""
    texts = {"reason": name, "proof": name, "hint": name}
    return judged(name, deduction("step-sign", "softmax", 5.0, **texts), review=(name,))


def test_scores_are_a_table_that_spreadsheets_open(make: Make, tmp_path: Path) -> None:
    """UTF-8 with a byte order mark, one row per student, points as people write them."""
    batch = make(judged("张三"), judged("bob", deduction("step-sign", "softmax", 4.29)))
    assert scores.gradekit_write_report(batch, tmp_path) == "scores.csv"
    raw = (tmp_path / "scores.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert not raw[3:].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert [row["student"] for row in rows] == ["张三", "bob"]
    assert rows[0] == {
        "student": "张三",
        "score": "100",
        "softmax /30": "30",
        "forward /20": "20",
        "manual_backward /50": "50",
        "deductions": "",
        "attempt": "1",
        "attempts": "1",
    }
    assert (rows[1]["score"], rows[1]["softmax /30"]) == ("95.71", "25.71")
    assert rows[1]["deductions"] == "step-sign -4.29"


def test_no_cell_is_a_formula(make: Make, tmp_path: Path) -> None:
    """Hostile names and reasons stay in one cell each, as text."""
    batch = make(
        *map(hostile, HOSTILE),
        *(judged(name, deduction(None, "softmax", 3.0, reason=name)) for name in HOSTILE),
        *(Verdict(name, "void", 0.0, 100.0, reason=name) for name in HOSTILE),
    )
    scores.gradekit_write_report(batch, tmp_path)
    text = (tmp_path / "scores.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 1 + 3 * len(HOSTILE)
    assert {len(row) for row in rows} == {8}
    for row in rows:
        for content in row:
            assert not content.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert "\x1b" not in content
            assert "\u202e" not in content


def test_the_class_table_keeps_its_columns(make: Make, tmp_path: Path) -> None:
    """No name opens a cell, a tag or a line of its own in scores.md."""
    assert overview.gradekit_write_report(make(*map(hostile, HOSTILE)), tmp_path) == "scores.md"
    text = (tmp_path / "scores.md").read_text("utf-8")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(HOSTILE)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {7}
    assert not re.search(r"<|\x1b|\u202e|(?<!\\)\[|^# title", text, re.MULTILINE)


def test_the_terminal_gets_no_control_characters(make: Make) -> None:
    """Neither the table nor the summary moves a cursor or turns a line around."""
    batch = make(*map(hostile, HOSTILE))
    text = render(batch) + "\n".join(summary(batch))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert r"\x1b[31mred" in text


def test_verdicts_follow_the_schema(make: Make, lab: Lab, tmp_path: Path) -> None:
    """All keys are there, in the schema's order, with the numbers of the verdict."""
    batch = make(judged("张三", deduction("step-sign", "softmax", 4.29, also=("other",))))
    assert verdicts.gradekit_write_report(batch, tmp_path) == "verdicts.json"
    assert [path.name for path in tmp_path.iterdir()] == ["verdicts.json"]
    data = json.loads((tmp_path / "verdicts.json").read_text("utf-8"))
    assert list(data) == [
        "schema",
        "gradekit",
        "lab",
        "lab_version",
        "seed",
        "isolation",
        "max_score",
        "submissions",
    ]
    assert data["schema"] == "gradekit-verdicts/2"
    assert (data["gradekit"], data["lab"], data["seed"]) == ("0.1.0", lab.name, 7)
    assert (data["lab_version"], data["max_score"]) == (lab.version, 100.0)
    [entry] = data["submissions"]
    added = {"attempt", "attempts", "override"}
    assert set(entry) == set(Verdict.__struct_fields__) - {"seconds"} | added
    assert (entry["attempt"], entry["attempts"], entry["override"]) == (1, 1, None)
    assert (entry["student"], entry["status"], entry["score"]) == ("张三", "graded", 95.71)
    assert set(entry["parts"][0]) == set(PartVerdict.__struct_fields__)
    assert set(entry["parts"][0]["properties"][0]) == set(PropertyResult.__struct_fields__)
    assert set(entry["deductions"][0]) == set(Deduction.__struct_fields__)
    assert entry["deductions"][0]["also"] == ["other"]


def test_verdicts_keep_text_as_it_is(make: Make, tmp_path: Path) -> None:
    """JSON escapes for itself: what was found is what is stored."""
    verdicts.gradekit_write_report(make(*map(judged, HOSTILE)), tmp_path)
    raw = (tmp_path / "verdicts.json").read_bytes()
    assert b"\x1b" not in raw
    assert [entry["student"] for entry in json.loads(raw)["submissions"]] == list(HOSTILE)


def test_a_score_set_by_hand_is_data(lab: Lab, tmp_path: Path) -> None:
    """In each report it counts, beside the computed one; its words are text as any other."""
    for name in HOSTILE:
        override = Override(1, "alice", 97.0, name, name, "2026-01-01T00:00:00+00:00")
        verdict = judged("alice", deduction("step-sign", "softmax", 5.0))
        batch = Batch(lab, (verdict,), 7, "0.1.0", overrides={"alice": override})
        for write in (scores, overview, feedback, verdicts):
            write.gradekit_write_report(batch, tmp_path)
        row = list(csv.reader((tmp_path / "scores.csv").read_text("utf-8-sig").splitlines()))[1]
        assert row[1] == "97"
        assert row[5].startswith("step-sign -5, set by ")
        table = (tmp_path / "scores.md").read_text("utf-8") + feedback.feedback(batch, verdict)
        assert not re.search(r"<(?!/?$)|\x1b|\u202e|(?<!\\)\[|^# title", table, re.MULTILINE)
        assert "**97 of 100**, set by" in table
        assert "(computed: 95)" in table
        [entry] = json.loads((tmp_path / "verdicts.json").read_text("utf-8"))["submissions"]
        assert (entry["override"]["author"], entry["override"]["reason"]) == (name, name)
        assert "set by hand: alice" in summary(batch)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file that was wanted, and nothing is left beside the old one."""
    path = tmp_path / "scores.csv"
    write_whole(path, "old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gradekit.report.write.os.fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(path, b"new")
    assert caught.value.filename == str(path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("scores.csv", "old")]


def test_verdicts_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """What can't be encoded leaves the old file as it was."""
    path = tmp_path / "verdicts.json"
    verdicts.write_json({"a": 1}, path)
    with pytest.raises(TypeError):
        verdicts.write_json({"a": object()}, path)
    assert json.loads(path.read_text("utf-8")) == {"a": 1}


def test_each_student_gets_a_file(make: Make, tmp_path: Path) -> None:
    """Names that climb, hide, or are the same after escaping do not meet."""
    names = ["alice", "Alice", "a/b", "a\\b", "../x", "..", "", "张三", *HOSTILE]
    batch = make(*(judged(name) for name in names))
    told = feedback.gradekit_write_report(batch, tmp_path)
    assert told == f"feedback/ ({len(names)} files)"
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == len(names)
    assert {path.parent.as_posix() for path in files} == {"feedback"}
    assert len({path.name.lower() for path in files}) == len(names)
    assert all(path.suffix == ".md" and not path.name.startswith(".") for path in files)


def test_writing_again_replaces_feedback(make: Make, tmp_path: Path) -> None:
    """A second run leaves no second file."""
    for score_ in (5.0, 6.0):
        batch = make(judged("alice", deduction("step-sign", "softmax", score_)))
        feedback.gradekit_write_report(batch, tmp_path)
    [path] = (tmp_path / "feedback").iterdir()
    assert "**94 of 100**" in path.read_text("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_feedback_shows_hostile_text_as_text(make: Make, name: str) -> None:
    """No tag, link, title, colour or direction comes from a submission."""
    verdict = hostile(name)
    text = feedback.feedback(make(verdict), verdict)
    assert not re.search(r"<(?!/?$)|\x1b|\u202e", text)
    assert not re.search(r"(?<!\\)\[", text)
    titles = [line for line in text.splitlines() if line.startswith("#")]
    assert len(titles) == 7
    void = Verdict(name, "void", 0.0, 100.0, reason=name)
    text = feedback.feedback(make(void), void)
    assert not re.search(r"<|\x1b|\u202e|(?<!\\)\[", text)
    assert [line[:2] for line in text.splitlines() if line.startswith("#")] == ["# "]


def test_the_sum_in_feedback_can_be_redone(make: Make) -> None:
    """Each row is points less lost, the rows add up to the score, deductions to what is lost."""
    verdict = judged(
        "alice",
        deduction("softmax-dim", "softmax", 20.0),
        deduction(None, "softmax", 4.29),
        deduction("step-sign", "manual_backward", 12.5),
    )
    text = feedback.feedback(make(verdict), verdict)
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert [row[0] for row in rows] == ["softmax", "forward", "manual_backward"]
    for name, worth, lost, left in rows:
        assert float(worth) - float(lost) == pytest.approx(float(left))
        charged = re.findall(rf"^- \*\*.*\*\*, -([\d.]+) in {name}:", text, re.MULTILINE)
        assert sum(map(float, charged)) == pytest.approx(float(lost))
    total = sum(float(row[3]) for row in rows)
    assert f"| **sum** | 100 | | {points(total)} |" in text
    assert f"**{points(total)} of 100**" in text
    assert "63.21 of 100" in text
    assert "Raised" not in text


def test_the_attempt_credit_is_told(make: Make) -> None:
    """A score that was raised says so, and the sum stays what it is."""
    lost = [("softmax", 30.0), ("forward", 20.0), ("manual_backward", 50.0)]
    verdict = judged("alice", *(deduction(None, *item) for item in lost), floor=10.0)
    text = feedback.feedback(make(verdict), verdict)
    assert "**10 of 100**" in text
    assert "| **sum** | 100 | | 0 |" in text
    assert "Raised to 10, the credit for a real attempt." in text
    assert named(verdict).endswith("attempt credit 10")


def test_feedback_names_the_next_step(make: Make) -> None:
    """The hint, the rivals and the command to reproduce follow the deduction."""
    verdict = judged(
        "alice",
        deduction("step-sign", "softmax", 5.0, hint="Subtract.", replay="abc234", also=("other",)),
    )
    text = feedback.feedback(make(verdict), verdict)
    assert "  - Next: Subtract." in text
    assert "Can't be told apart from: other" in text
    command = "gradekit replay softmax_regression abc234 --submission softmax_regression.py"
    assert f"`{command}`" in text
    assert "- FAILED: softmax is right" in text
    assert "- passed: forward is right" in text


def test_a_void_verdict_costs_nothing(make: Make) -> None:
    """The student is told that a person will look, and no number."""
    verdict = Verdict("alice", "void", 0.0, 100.0, reason="the zygote is gone")
    batch = make(verdict, judged("bob"))
    text = feedback.feedback(batch, verdict)
    assert "could not be judged: the zygote is gone." in text
    assert "Nothing was deducted" in text
    assert "of 100" not in text
    assert batch.graded == [batch.verdicts[1]]
    assert "1 void: could not be judged, nothing was deducted" in summary(batch)
    assert "mean 100.0, median 100.0 of 100; 1 with full marks" in summary(batch)


def test_common_mistakes_are_counted_once_per_student(make: Make) -> None:
    """The most common comes first, equal ones by name."""
    twice = (deduction("b", "softmax", 1.0), deduction("b", "forward", 1.0))
    batch = make(
        judged("x", *twice), judged("y", deduction("c", "softmax", 1.0)), judged("z", *twice),
        judged("w", deduction("a", "softmax", 1.0), deduction(None, "softmax", 2.0)),
    )  # fmt: skip
    assert batch.common_mistakes() == [("b", 2), ("a", 1), ("c", 1)]


@pytest.mark.parametrize(
    ("value", "text"),
    [(100.0, "100"), (63.5, "63.5"), (6.364, "6.36"), (0.0, "0"), (70, "70"), (0.1 + 0.2, "0.3")],
)
def test_points_are_written_as_people_do(value: float, text: str) -> None:
    """No zeros that say nothing, two places at most."""
    assert points(value) == text
