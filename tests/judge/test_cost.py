"""Work that grows with what it may not grow with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from gradekit.judge.cost import cost_findings
from gradekit.judge.session import Ask
from gradekit.lab import Cost, Symptom
from gradekit.wire.values import Failure, Value

SLOW = Symptom("slow-loop", 10, "A loop goes over the rows.")


@dataclass(frozen=True)
class Case:
    """A number of rows."""

    rows: int
    convention: str = ""


COST = Cost("operations", {"rows": (Case(8), Case(32))}, SLOW)
PART: Any = SimpleNamespace(costs=(COST,), weights=None)


def counting(count: Any) -> Any:
    def ask(cases: Sequence[Any], how: Ask) -> list[Value]:
        assert how.observe == "operations"
        return [{"count": count(case.rows)} for case in cases]

    return ask


@pytest.mark.parametrize("count", [lambda n: 100, lambda n: 100 + n // 8, lambda n: 1000 - n])
def test_work_that_hardly_grows_is_fine(count: Any) -> None:
    """An exponent up to 0.3 is nothing."""
    assert cost_findings(PART, counting(count), "") == []


@pytest.mark.parametrize("count", [lambda n: 10 * n, lambda n: 50 + 10 * n, lambda n: n * n])
def test_a_loop_is_found_with_both_counts(count: Any) -> None:
    """The proof shows what was counted for which size."""
    [finding] = cost_findings(PART, counting(count), "")
    assert finding.id == "slow-loop"
    assert f"{count(8)} operations of torch for rows=8, {count(32)} for rows=32" in finding.proof


@pytest.mark.parametrize("answer", [Failure("ValueError", "no"), {"count": "many"}, {}, None])
def test_code_that_fails_or_lies_is_not_called_slow(answer: Value) -> None:
    """What can't be counted is judged by what else it does."""
    assert cost_findings(PART, lambda cases, how: [answer] * len(cases), "") == []


def test_cases_follow_the_convention() -> None:
    """The count is taken as the submission was called before."""
    seen = []

    def ask(cases: Sequence[Any], how: Ask) -> list[Value]:
        seen.extend(case.convention for case in cases)
        return [{"count": 1}] * len(cases)

    cost_findings(PART, ask, "tensors")
    assert seen == ["tensors", "tensors"]
