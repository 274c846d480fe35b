"""Rows in, rows out: attempts, runs, verdicts and overrides are kept as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from gradekit.errors import UsageError
from gradekit.judge.verdict import MetricResult, Verdict
from gradekit.store.attempts import in_force
from gradekit.store.database import StoreError
from gradekit.store.keys import digest
from gradekit.store.records import Key, Options, Run
from gradekit.store.store import Store
from gradekit.submissions.found import Found

KEY = Key("softmax_regression", "1", "0.1.0", 0)
Begun = Callable[..., Run]


def test_a_verdict_comes_back_as_it_was(
    store: Store, begun: Begun, made: Callable[..., Verdict]
) -> None:
    """Each field, lone surrogates and times too; the name is the student's."""
    run = begun(alice="x = 1")
    metrics = (MetricResult("accuracy", "%", "in range", 0.1 + 0.2, None, 1.0),)
    verdict = made("17", 63.21, "step-sign", metrics=metrics, printed="\udcc4 ok \x00")
    store.add(run, store.attempts()[0], verdict, "process")
    [judged] = store.judged()
    assert judged.verdict == msgspec.structs.replace(verdict, student="alice")
    assert (judged.run, judged.isolation, judged.lost) == (run, "process", True)


def test_an_attempt_comes_back_as_it_was(store: Store) -> None:
    """Sources, problem and date allow to grade it again without its files."""
    found = Found("张三", "张三.zip", {"a.py": "s = '\ud800'\r\n"}, "two files", 86400.0)
    store.see(store.begin(KEY, "code", Options()), [found])
    [attempt] = store.attempts()
    assert attempt.found() == found
    assert attempt.found("7") == replace(found, student="7")
    assert (attempt.number, attempt.digest) == (1, digest(found))
    assert attempt.handed_in == "1970-01-02T00:00:00+00:00"
    assert attempt.first_seen == "2026-01-01T00:00:01+00:00"


def test_a_name_that_is_no_text_is_kept_readable(store: Store) -> None:
    """Any bytes may be a name on Linux; two of them stay two."""
    run = store.begin(KEY, "code", Options())
    store.see(run, [Found("\udcc4", "p", {}), Found("\udcc5", "p", {})])
    assert [one.student for one in store.attempts()] == [r"\udcc4", r"\udcc5"]


def test_another_byte_is_another_attempt(store: Store, begun: Begun) -> None:
    """The same bytes are the same attempt, in whichever run and place; the last seen is last."""
    begun(alice="x = 1", bob="x = 1")
    begun(alice="x = 2")
    assert [(one.student, one.number) for one in store.attempts()] == [
        ("alice", 1), ("alice", 2), ("bob", 1),
    ]  # fmt: skip
    begun(alice="x = 1")
    assert [(one.student, one.number) for one in store.attempts()] == [
        ("alice", 2), ("alice", 1), ("bob", 1),
    ]  # fmt: skip


def test_a_file_that_changes_back_within_a_run_counts(store: Store, begun: Begun) -> None:
    """What was seen last counts, also over the starts of one run."""
    first = begun(alice="x = 1")
    assert begun(alice="x = 2").id == begun(alice="x = 1").id == first.id
    assert [one.number for one in store.attempts()] == [2, 1]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (Found("a", "p", {"f": "x"}), Found("b", "q", {"f": "x"}, handed_in=3.0), True),
        (Found("a", "p", {"f": "x"}), Found("a", "p", {"f": "x "}), False),
        (Found("a", "p", {"f": "x"}), Found("a", "p", {"g": "x"}), False),
        (Found("a", "p", {"f": "x"}), Found("a", "p", {"f": "x"}, "problem"), False),
        (Found("a", "p", {"f": "", "g": "x"}), Found("a", "p", {"f": "x", "g": ""}), False),
        (Found("a", "p", {"g": "1", "f": "2"}), Found("a", "p", {"f": "2", "g": "1"}), True),
    ],
)
def test_a_digest_is_of_names_sources_and_problem(one: Found, two: Found, same: bool) -> None:
    """Neither whose it is, nor where or when it was found."""
    assert (digest(one) == digest(two)) == same


def test_an_unfinished_run_goes_on(store: Store, begun: Begun) -> None:
    """With the same key, lab and regrade; its first start stays."""
    run = begun(alice="x")
    assert store.begin(KEY, "code", Options(policy="best")).started == run.started
    assert len(store.runs()) == 1
    assert store.last_run().options.policy == "best"


@pytest.mark.parametrize(
    ("key", "code", "options"),
    [
        (replace(KEY, seed=1), "code", Options()),
        (replace(KEY, gradekit="0.2.0"), "code", Options()),
        (replace(KEY, lab_version="2"), "code", Options()),
        (KEY, "other code", Options()),
        (KEY, "code", Options(regrade="all")),
    ],
)
def test_what_was_asked_otherwise_is_another_run(
    store: Store, begun: Begun, key: Key, code: str, options: Options
) -> None:
    """The unfinished one stays as it is."""
    run = begun(alice="x")
    assert store.begin(key, code, options).id == run.id + 1
    assert store.runs()[0] == run


def test_a_finished_run_is_not_continued(store: Store, begun: Begun) -> None:
    """It has an end, and the next run a row of its own."""
    run = begun(alice="x")
    store.finish(run, [])
    assert store.runs()[0].ended
    assert begun(alice="x").id == run.id + 1
    assert store.last_finished().id == run.id


def test_another_lab_is_refused(store: Store, begun: Begun) -> None:
    """A store is one lab's."""
    begun(alice="x")
    with pytest.raises(UsageError, match=r"holds results of softmax_regression, not of gru_lyrics"):
        store.begin(replace(KEY, lab="gru_lyrics"), "code", Options())


def test_verdicts_and_overrides_are_never_changed(
    store: Store, begun: Begun, graded: Callable[..., None]
) -> None:
    """The database itself refuses to."""
    graded(begun(alice="x"), {"alice 1": 50.0})
    store.override("alice", 70.0, "Ann", "late")
    for statement in (
        "UPDATE verdicts SET score = 1", "DELETE FROM verdicts",
        "UPDATE overrides SET score = 1", "DELETE FROM overrides",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match=r"kept|withdrawn"):
            store.connection.execute(statement)


def test_a_verdict_of_another_form_is_told(store: Store, begun: Begun) -> None:
    """It ends in a sentence, not in a traceback."""
    run = begun(alice="x")
    store.connection.execute(
        "INSERT INTO verdicts (run, attempt, at, status, score, seconds, isolation, verdict)"
        " VALUES (?, 1, '', 'graded', 1, 1, 'strict', '{\"status\": \"odd\"}')",
        (run.id,),
    )
    with pytest.raises(StoreError, match=r"a verdict in it can't be read.*use the gradekit that"):
        store.judged()


def test_the_last_word_on_a_score_stands(store: Store) -> None:
    """Another one replaces it, a withdrawal ends it, and all are remembered."""
    store.override("alice", 70.0, "Ann", "late")
    store.override("bob", 10.0, "Ann", "copied")
    store.override("alice", 80.0, "Bo", "not so late")
    assert {name: one.score for name, one in in_force(store.overrides()).items()} == {
        "alice": 80.0,
        "bob": 10.0,
    }
    store.override("alice", None, "Ann", "")
    assert set(in_force(store.overrides())) == {"bob"}
    assert [one.score for one in store.overrides()] == [70.0, 10.0, 80.0, None]


def test_what_was_written_is_there_after_the_process(tmp_path: Path) -> None:
    """A second connection sees each verdict as soon as it is kept, with no file but the store."""
    with Store(tmp_path) as one:
        run = one.begin(KEY, "code", Options())
        one.see(run, [Found("alice", "p", {"a.py": "x"})])
        one.add(run, one.attempts()[0], Verdict("1", "graded", 5.0, 10.0), "strict")
        with Store(tmp_path) as other:
            assert [judged.verdict.score for judged in other.judged()] == [5.0]
    assert [path.name for path in tmp_path.iterdir()] == ["gradekit.sqlite"]


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same store in memory."""
    monkeypatch.chdir(tmp_path)
    with Store() as store:
        store.see(store.begin(KEY, "code", Options()), [Found("alice", "p", {"a.py": "x"})])
        assert [one.student for one in store.attempts()] == ["alice"]
    assert list(tmp_path.iterdir()) == []
