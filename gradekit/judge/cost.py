"""Work that grows with a size it may not grow with: a loop in the wrong place.

Counts are the same on every machine and at any load, so a loop is told from its exponent: how
the count grows as one size doubles. Vectorised code has 0, a loop around all of it 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from gradekit.judge.findings import Finding
from gradekit.judge.session import Ask
from gradekit.lab import Cost, Part
from gradekit.wire.values import Value

__all__ = ["cost_findings", "growth"]

MAX_EXPONENT = 0.3
UNITS = {"operations": "operations of torch", "bytecodes": "steps of Python"}

Asker = Callable[[Sequence[Any], Ask], list[Value]]


def cost_findings(part: Part, ask: Asker, convention: str) -> list[Finding]:
    """Return a finding for each cost of the part that grows with what it may not grow with."""
    found = []
    for cost in part.costs:
        grown = [text for name in cost.sizes if (text := _grown(part, cost, name, ask, convention))]
        if grown:
            symptom = cost.symptom
            first = next(iter(cost.sizes.values()))[0]
            proof = "; ".join(grown)
            found.append(
                Finding(
                    symptom.id,
                    symptom.points,
                    symptom.reason,
                    proof,
                    symptom.hint,
                    symptom.explains,
                    case=_under(first, convention),
                )
            )
    return found


def growth(part: Part, cost: Cost, size: str, ask: Asker, convention: str = "") -> list[int]:
    """Return the counts for the cases of one size, [] where the code fails on them."""
    how = Ask(weights="seed" if part.weights else None, observe=cost.count)
    answers = ask([_under(case, convention) for case in cost.sizes[size]], how)
    counts = [answer.get("count") if isinstance(answer, dict) else None for answer in answers]
    return [c for c in counts if type(c) is int and c > 0] if None not in counts else []


def _grown(part: Part, cost: Cost, size: str, ask: Asker, convention: str) -> str:
    """Say how the count grows with a size, '' where it may."""
    counts = growth(part, cost, size, ask, convention)
    if len(counts) < 2:
        return ""
    small, large = (getattr(case, size) for case in cost.sizes[size])
    exponent = math.log(counts[1] / counts[0]) / math.log(large / small)
    if exponent <= MAX_EXPONENT:
        return ""
    return (
        f"{counts[0]} {UNITS[cost.count]} for {size}={small}, {counts[1]} for {size}={large}:"
        f" growing as {size}^{exponent:.2f}, where at most {size}^{MAX_EXPONENT} is expected"
    )


def _under(case: Any, convention: str) -> Any:
    return replace(case, convention=convention) if convention else case
