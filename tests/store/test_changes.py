"""What two runs disagree in: who moved, from what to what, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gradekit.report.changes import lines, write_changes
from gradekit.store.attempts import standings
from gradekit.store.changes import Change, between, why_all
from gradekit.store.records import Key, Options, Run, Standing
from gradekit.store.store import Store

KEY = Key("softmax_regression", "1", "0.1.0", 0)
Begun = Callable[..., Run]
Graded = Callable[..., None]


def closed(store: Store, run: Run) -> list[Standing]:
    """End a run with the standings of now."""
    rows = standings("last", run.key, store.attempts(), store.judged(), store.overrides())
    store.finish(run, rows)
    return rows


def test_moves_are_told_with_their_reasons(store: Store, begun: Begun, graded: Graded) -> None:
    """A new attempt, deductions that came and went, an override; what stays is not told."""
    run = begun(alice="x", bob="x", carol="x", dan="x")
    graded(run, {"alice 1": 80.0, "bob 1": 80.0}, "step-sign")
    graded(run, {"carol 1": 100.0, "dan 1": None})
    closed(store, run)
    again = begun(alice="y", bob="x", carol="x", dan="x", eve="x")
    graded(again, {"alice 2": 90.0}, "softmax-dim")
    graded(again, {"dan 1": 100.0, "eve 1": 50.0})
    store.override("bob", 95.0, "Ann", "was ill")
    assert between(store.results(run), closed(store, again)) == [
        Change(
            "alice",
            80.0,
            90.0,
            (
                "attempt 2 counts, not 1",
                "new: softmax-dim -10",
                "gone: step-sign -20",
            ),
        ),
        Change("bob", 80.0, 95.0, ("set by Ann: was ill",)),
        Change("dan", None, 100.0, ("gone: void: the zygote is gone",)),
        Change("eve", None, 50.0, (), first=True),
    ]
    store.override("bob", None, "", "")
    third = begun(alice="y")
    [change] = between(store.results(again), closed(store, third))
    assert change == Change("bob", 95.0, 80.0, ("what Ann set was withdrawn",))


def test_a_changed_lab_is_told_where_it_moved_someone(
    store: Store, begun: Begun, graded: Graded
) -> None:
    """Students who keep all are not listed for it."""
    run = begun(alice="x", bob="x")
    graded(run, {"alice 1": 80.0, "bob 1": 80.0}, "step-sign")
    closed(store, run)
    again = begun(code="new", options=Options(regrade="all"), alice="x", bob="x")
    graded(again, {"alice 1": 80.0, "bob 1": 70.0}, "step-sign")
    [change] = between(store.results(run), closed(store, again))
    assert (change.student, change.old, change.new) == ("bob", 80.0, 70.0)
    assert change.reasons[0] == "the lab's code changed"
    assert why_all(run, again) == []


def test_what_changed_for_all_is_told_once(store: Store, begun: Begun) -> None:
    """The key and the policy."""
    run = begun(alice="x")
    other = replace(run, key=replace(KEY, seed=5, gradekit="9"), options=Options("best"))
    assert why_all(run, other) == [
        "gradekit: 0.1.0 before, 9 now",
        "the seed: 0 before, 5 now",
        "the policy: last before, best now",
    ]


def test_changes_are_written_as_text(tmp_path: Path) -> None:
    """No name or reason opens a cell, a tag or a colour of its own."""
    hostile = "|<b>\x1b[31m"
    changes = [
        Change(hostile, 80.0, None, (f"set by {hostile}: {hostile}",)),
        Change("eve", None, 50.0, (), first=True),
        Change("dan", 50.0, 50.0, ("attempt 2 counts, not 1",)),
    ]
    assert (
        write_changes(tmp_path, "Title", 3, ["the seed: 0 before, 5 now"], changes) == "changes.md"
    )
    text = (tmp_path / "changes.md").read_text("utf-8")
    assert "# Title: changes since run 3" in text
    assert "- the seed: 0 before, 5 now" in text
    assert "| eve |  | 50 | new |" in text
    assert "<b>" not in text
    assert "\x1b" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}
    told = lines(changes)
    assert told[0].startswith(r"|<b>\x1b[31m: 80 -> void (set by")
    assert told[1:] == ["eve: new, 50", "dan: 50 as before (attempt 2 counts, not 1)"]
