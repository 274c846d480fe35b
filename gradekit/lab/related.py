"""What a property may ask of a submission, and how it says that something does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import torch
from torch import Tensor

__all__ = [
    "CodeFailed",
    "Fails",
    "Outcome",
    "Submission",
    "Violation",
    "close",
    "differ",
    "greatest_difference",
    "is_close",
    "shape",
]

Outcome = Mapping[str, Any]  # what a drive returned: names to tensors, numbers and text


class Violation(AssertionError):
    """A property does not hold; the text says what was seen and what was expected."""


class CodeFailed(Violation):
    """A property could not be looked at because the submission's code failed."""


class Fails(Exception):
    """What a mistake raises where code that makes it stops, in whichever way."""


class Submission(Protocol):
    """What stands before a property: the submission, or a model of it."""

    def run(self, case: Any) -> Outcome:
        """Return what the part's drive returns for the case.

        Raises: CodeFailed (a Violation) when the submission's code fails on it.
        """


def greatest_difference(actual: Tensor, expected: Tensor) -> tuple[float, tuple[int, ...]]:
    """Return the greatest absolute difference and its index; NaN counts as infinite.

    Equal infinities are no difference. Shapes must be equal.
    """
    if actual.numel() == 0:
        return 0.0, ()
    a, e = actual.detach().double(), expected.detach().double()
    gap = torch.where(a == e, 0.0, (a - e).abs()).nan_to_num(nan=torch.inf)
    flat = int(gap.argmax())
    index = tuple(int(i) for i in torch.unravel_index(torch.tensor(flat), gap.shape))
    return float(gap.reshape(-1)[flat]), index


def shape(actual: Any, expected: tuple[int, ...], what: str) -> Tensor:
    """Return `actual` if it is a tensor of the expected shape.

    Raises: Violation otherwise.
    """
    if not isinstance(actual, Tensor):
        raise Violation(f"{what} is {_describe(actual)}, expected a tensor of shape {expected}")
    if tuple(actual.shape) != tuple(expected):
        raise Violation(f"{what} has shape {tuple(actual.shape)}, expected {tuple(expected)}")
    return actual


def close(actual: Any, expected: Tensor, what: str, atol: float | Tensor) -> None:
    """Require that no element differs by more than `atol` (a number, or one per element).

    Raises: Violation that names the greatest difference, its place and what was allowed.
    """
    value, expected = shape(actual, tuple(expected.shape), what).detach(), expected.detach()
    a, e, bound = value.double(), expected.double(), _bound(atol, value)
    fine = (a == e) | ((a - e).abs() <= bound) & (a - e).isfinite()
    if bool(fine.all()):
        return
    gap, index = greatest_difference(torch.where(fine, e, a), e)
    allowed = float(bound[index])
    got, wanted = float(value[index]), float(expected[index])
    place = f" at {index}" if index else ""
    if got != got:
        raise Violation(f"{what} is NaN{place}, expected {wanted:.6g}")
    raise Violation(
        f"{what} differs: greatest difference {gap:.3g}{place}, allowed {allowed:.1g}"
        f" (obtained {got:.6g}, expected {wanted:.6g})"
    )


def _bound(atol: float | Tensor, value: Tensor) -> Tensor:
    return torch.as_tensor(atol, dtype=torch.float64).expand(value.shape)


def is_close(actual: Tensor, expected: Tensor, atol: float) -> bool:
    """Tell whether two tensors have one shape and differ nowhere by more than `atol`."""
    return actual.shape == expected.shape and greatest_difference(actual, expected)[0] <= atol


def differ(one: Tensor, other: Tensor, what: str, atol: float) -> None:
    """Require that two tensors differ somewhere by more than `atol`.

    Raises: Violation when they don't.
    """
    if is_close(one, other, atol):
        raise Violation(f"{what} stays the same, to within {atol:.1g}")


def _describe(value: Any) -> str:
    kind = getattr(value, "kind", None)
    if isinstance(value, tuple):
        return "a list or a tuple"
    return f"of type {kind or type(value).__name__}"
