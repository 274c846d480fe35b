"""What an answer does not depend on, though the reference's does.

An answer that stays the same whatever it is asked fails few properties, as zeros sum and scale
like anything; it is worth no more for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import torch
from torch import Tensor

from gradekit.lab import Part
from gradekit.wire.values import Failure, Value

__all__ = ["WEIGHTS", "Dependence", "ignored"]

WEIGHTS = "its weights"
CASES = 2  # on which an input must be ignored
SAME = 1e-9  # of the answer's size: what a changed input leaves of it

Run = Callable[[Sequence[Any]], list[Value]]
Dependence = tuple[tuple[str, ...], int]  # what is ignored, and how much there is to depend on


def ignored(part: Part, cases: Sequence[Any], reference: Run, submission: Run) -> Dependence:
    """Return the inputs that the submission ignores, and how many the reference depends on."""
    asked = cases[:CASES]
    names, count = [], 0
    for name in _inputs(part, asked[0]):
        changed = [replace(case, **{name: _other(getattr(case, name))}) for case in asked]
        wanted = reference([*asked, *changed])
        if not _differ(wanted, len(asked)):
            continue
        count += 1
        if _stay(submission([*asked, *changed]), len(asked)):
            names.append(WEIGHTS if name == "weight_scale" else name)
    return tuple(names), count


def _inputs(part: Part, case: Any) -> list[str]:
    """Return a case's tensors, and the scale that a layer's own weights are drawn with."""
    found = [f.name for f in fields(case) if f.init and isinstance(getattr(case, f.name), Tensor)]
    return [*found, "weight_scale"] if part.weights and hasattr(case, "weight_scale") else found


def _other(value: Any) -> Any:
    """Return the same elements in other places, or twice a number."""
    return (
        value.reshape(-1).roll(1).reshape(value.shape) if isinstance(value, Tensor) else 2 * value
    )


def _differ(answers: Sequence[Value], count: int) -> bool:
    """Tell whether each answer is another one for the changed case."""
    pairs = list(zip(answers[:count], answers[count:], strict=True))
    usable = all(isinstance(answer, Mapping) for pair in pairs for answer in pair)
    return usable and not any(_alike(one, other) for one, other in pairs)


def _stay(answers: Sequence[Value], count: int) -> bool:
    """Tell whether each answer is the same for the changed case; a failure tells nothing."""
    pairs = zip(answers[:count], answers[count:], strict=True)
    return not any(isinstance(answer, Failure) for answer in answers) and all(
        _alike(one, other) for one, other in pairs
    )


def _alike(one: Value, other: Value) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        names = [n for n in one if isinstance(one[n], Tensor | tuple)]
        return all(_alike(one[name], other.get(name)) for name in names)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if not isinstance(one, Tensor) or not isinstance(other, Tensor):
        return type(one) is type(other) and (one == other or one != one)  # NaN is itself
    if one.shape != other.shape:
        return False
    a, b = one.double(), other.double()
    size = float(a.nan_to_num(0.0, 0.0, 0.0).abs().max()) if a.numel() else 0.0
    return torch.allclose(a, b, rtol=0.0, atol=SAME * size, equal_nan=True)
