"""What the tests of the store share: small verdicts, and a clock that ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gradekit.judge.verdict import Deduction, PartVerdict, Verdict
from gradekit.store.records import Key, Options, Run
from gradekit.store.store import Store
from gradekit.submissions.found import Found

KEY = Key("softmax_regression", "1", "0.1.0", 0)


@pytest.fixture
def ticking() -> Callable[[], str]:
    """Return a clock that is a second later each time it is read."""
    seconds = iter(range(3600))
    return lambda: f"2026-01-01T00:{(n := next(seconds)) // 60:02}:{n % 60:02}+00:00"


@pytest.fixture
def store(tmp_path: Path, ticking: Callable[[], str]) -> Iterator[Store]:
    """Give an empty store in a folder."""
    with Store(tmp_path, ticking) as made:
        yield made


@pytest.fixture
def made() -> Callable[..., Verdict]:
    """Return a function that makes a verdict of 100 points less what was lost."""

    def make(student: str, score: float | None = 100.0, mistake: str = "", **more: Any) -> Verdict:
        if score is None:
            return Verdict(student, "void", 0.0, 100.0, reason="the zygote is gone", seconds=1.5)
        lost = 100.0 - score
        deductions = (Deduction(mistake or None, "all", lost, "why", "proof"),) if lost else ()
        part = PartVerdict("all", "All", score, 100.0, ())
        return Verdict(student, "graded", score, 100.0, (part,), deductions, seconds=1.5, **more)

    return make


@pytest.fixture
def begun(store: Store) -> Callable[..., Run]:
    """Return a function that begins a run and shows it students with sources."""

    def begin(
        key: Key = KEY, code: str = "code", options: Options | None = None, **sources: str
    ) -> Run:
        run = store.begin(key, code, options or Options())
        store.see(
            run, [Found(name, f"{name}.py", {"a.py": text}) for name, text in sources.items()]
        )
        return run

    return begin


@pytest.fixture
def graded(store: Store, made: Callable[..., Verdict]) -> Callable[..., None]:
    """Return a function that grades attempts 'STUDENT NUMBER' with scores in a run."""

    def grade(run: Run, scores: dict[str, float | None], mistake: str = "") -> None:
        attempts = {f"{one.student} {one.number}": one for one in store.attempts()}
        for name, score in scores.items():
            store.add(run, attempts[name], made(str(attempts[name].id), score, mistake), "strict")

    return grade
