"""What has to be graded, and which attempt counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gradekit.store.attempts import standings, to_grade
from gradekit.store.records import Key, Options, Run, Standing
from gradekit.store.store import Store

KEY = Key("softmax_regression", "1", "0.1.0", 0)
Begun = Callable[..., Run]
Graded = Callable[..., None]


def wanted(store: Store, run: Run) -> list[str]:
    """Return the attempts that have to be graded, as 'STUDENT NUMBER'."""
    chosen = to_grade(run, store.attempts(), store.judged())
    return [f"{one.student} {one.number}" for one in chosen]


def counting(store: Store, policy: str = "last", key: Key = KEY) -> dict[str, tuple[int, object]]:
    """Return each student's attempt that counts, with its score."""
    rows: list[Standing] = standings(
        policy, key, store.attempts(), store.judged(), store.overrides()
    )
    return {one.attempt.student: (one.attempt.number, one.score) for one in rows}


def finished(store: Store, run: Run) -> None:
    """End a run."""
    store.finish(run, [])


def test_what_has_a_verdict_is_not_graded_again(store: Store, begun: Begun, graded: Graded) -> None:
    """In the same run or in the next; void ones and changed ones are."""
    run = begun(alice="x", bob="x", carol="x")
    assert wanted(store, run) == ["alice 1", "bob 1", "carol 1"]
    graded(run, {"alice 1": 80.0, "bob 1": None})
    assert wanted(store, run) == ["bob 1", "carol 1"]
    graded(run, {"carol 1": 100.0})
    finished(store, run)
    assert wanted(store, begun(alice="y", bob="x", carol="x")) == ["alice 2", "bob 1"]


@pytest.mark.parametrize(
    "key", [replace(KEY, seed=5), replace(KEY, gradekit="9"), replace(KEY, lab_version="2")]
)
def test_another_key_grades_all_attempts_again(
    store: Store, begun: Begun, graded: Graded, key: Key
) -> None:
    """Those that don't count, and those of students who are not there, too; and back is free."""
    for text in "xy":
        run = begun(alice=text, bob="x")
        graded(run, dict.fromkeys(wanted(store, run), 80.0))
        finished(store, run)
    run = begun(key, alice="y")
    assert wanted(store, run) == ["alice 1", "alice 2", "bob 1"]
    graded(run, dict.fromkeys(wanted(store, run), 90.0))
    finished(store, run)
    assert counting(store, key=key) == {"alice": (2, 90.0), "bob": (1, 90.0)}
    assert wanted(store, begun(alice="y")) == []
    assert counting(store) == {"alice": (2, 80.0), "bob": (1, 80.0)}


@pytest.mark.parametrize(
    ("regrade", "names"),
    [
        ("", ["carol 1"]),
        ("all", ["alice 1", "bob 1", "carol 1"]),
        ("failed", ["bob 1", "carol 1"]),
        ("lab-changed", ["carol 1"]),
    ],
)
def test_each_way_to_regrade_chooses_its_own(
    store: Store, begun: Begun, graded: Graded, regrade: str, names: list[str]
) -> None:
    """All; what lost points or is void; what another lab graded."""
    run = begun(alice="x", bob="x", carol="x")
    graded(run, {"alice 1": 100.0, "bob 1": 80.0, "carol 1": None})
    finished(store, run)
    again = begun(options=Options(regrade=regrade), alice="x", bob="x", carol="x")
    assert wanted(store, again) == names


def test_a_changed_lab_is_graded_again_when_asked(
    store: Store, begun: Begun, graded: Graded
) -> None:
    """Its version may be the same; what the new code has graded is left alone."""
    run = begun(alice="x", bob="x")
    graded(run, {"alice 1": 100.0, "bob 1": 80.0})
    finished(store, run)
    assert wanted(store, begun(code="new", alice="x")) == []
    run = begun(code="new", options=Options(regrade="lab-changed"), alice="x")
    assert wanted(store, run) == ["alice 1", "bob 1"]
    graded(run, {"alice 1": 100.0})
    assert wanted(store, run) == ["bob 1"]


@pytest.mark.parametrize("regrade", ["all", "failed"])
def test_a_regrade_that_was_stopped_goes_on(
    store: Store, begun: Begun, graded: Graded, regrade: str
) -> None:
    """What it has graded already is left alone, whatever the score; what came out void is not."""
    run = begun(alice="x", bob="x", carol="x")
    graded(run, {"alice 1": 70.0, "bob 1": 80.0, "carol 1": 50.0})
    finished(store, run)
    options = Options(regrade=regrade)
    run = begun(options=options, alice="x", bob="x", carol="x")
    graded(run, {"alice 1": 60.0, "carol 1": None})
    assert begun(options=options, alice="x", bob="x", carol="x").id == run.id
    assert wanted(store, run) == ["bob 1", "carol 1"]


def test_the_last_attempt_counts(store: Store, begun: Begun, graded: Graded) -> None:
    """That is the one found last, also where it was handed in before."""
    run = begun(alice="good")
    graded(run, {"alice 1": 100.0})
    finished(store, run)
    run = begun(alice="bad")
    graded(run, {"alice 2": 20.0})
    finished(store, run)
    assert counting(store) == {"alice": (2, 20.0)}
    begun(alice="good")
    assert counting(store) == {"alice": (1, 100.0)}


def test_the_best_attempt_counts_when_asked(store: Store, begun: Begun, graded: Graded) -> None:
    """Of equal ones the later; a void one is below any score."""
    for number, score in enumerate((60.0, 80.0, 80.0, 0.0, None)):
        run = begun(alice=str(number))
        graded(run, {f"alice {number + 1}": score})
        finished(store, run)
    assert counting(store, "best") == {"alice": (3, 80.0)}
    assert counting(store, "last") == {"alice": (5, None)}


def test_the_best_is_the_best_under_the_key(store: Store, begun: Begun, graded: Graded) -> None:
    """Scores under another seed say nothing here."""
    run = begun(alice="x")
    graded(run, {"alice 1": 100.0})
    begun(alice="y")
    other = replace(KEY, seed=1)
    graded(begun(other, alice="y"), {"alice 1": 10.0, "alice 2": 20.0})
    assert counting(store, "best", other) == {"alice": (2, 20.0)}


def test_an_override_is_never_lost(store: Store, begun: Begun, graded: Graded) -> None:
    """Neither by a regrade, nor by another attempt, nor by another key."""
    run = begun(alice="x")
    graded(run, {"alice 1": 10.0})
    store.override("alice", 55.0, "Ann", "was ill")
    graded(run, {"alice 1": 20.0})
    assert counting(store) == {"alice": (1, 55.0)}
    run = begun(replace(KEY, seed=1), alice="y")
    graded(run, {"alice 1": 30.0, "alice 2": 40.0})
    assert counting(store, key=run.key) == {"alice": (2, 55.0)}
    store.override("alice", None, "Ann", "")
    assert counting(store, key=run.key) == {"alice": (2, 40.0)}
