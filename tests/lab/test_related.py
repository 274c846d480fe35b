"""What properties ask and say: differences, shapes, tolerances."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor

from gradekit.lab.related import (
    CodeFailed,
    Violation,
    close,
    differ,
    greatest_difference,
    is_close,
    shape,
)
from gradekit.wire.values import Odd

NAN, INF = math.nan, math.inf


def told(check: Any, *arguments: Any) -> str:
    """Return what a violation says."""
    with pytest.raises(Violation) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("actual", "expected", "gap", "index"),
    [
        ([1.0, 2.0], [1.0, 2.5], 0.5, (1,)),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [0.0, 4.5]], 3.0, (1, 0)),
        (1.0, 3.0, 2.0, ()),
        ([NAN, 9.0], [1.0, 1.0], INF, (0,)),
        ([1.0], [NAN], INF, (0,)),
        ([INF, 1.0], [INF, 1.25], 0.25, (1,)),
        ([-INF], [-INF], 0.0, (0,)),
        ([], [], 0.0, ()),
    ],
)
def test_the_greatest_difference_has_a_place(
    actual: Any, expected: Any, gap: float, index: tuple[int, ...]
) -> None:
    """NaN is infinitely far from everything, equal infinities are equal."""
    assert greatest_difference(torch.tensor(actual), torch.tensor(expected)) == (gap, index)


def test_opposite_infinities_differ() -> None:
    """No tolerance makes them close."""
    gap, index = greatest_difference(torch.tensor([0.0, INF]), torch.tensor([0.0, -INF]))
    assert gap > 1e300
    assert index == (1,)


def test_differences_are_taken_in_double_precision() -> None:
    """Integers, bools and half precision are compared as numbers."""
    assert greatest_difference(torch.tensor([1, 2]), torch.tensor([1, 5])) == (3.0, (1,))
    assert greatest_difference(torch.tensor([True]), torch.tensor([False])) == (1.0, (0,))
    half = torch.tensor([60_000.0], dtype=torch.float16)
    assert greatest_difference(half, -half) == (2 * float(half), (0,))


def test_a_shape_comes_back_or_is_told() -> None:
    """The tensor itself, or both shapes in a sentence."""
    tensor = torch.zeros(2, 3)
    assert shape(tensor, (2, 3), "the state") is tensor
    assert told(shape, tensor, (3, 2), "the state") == "the state has shape (2, 3), expected (3, 2)"


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "NoneType"), (0.5, "float"), (Odd("Mine"), "Mine")],
)
def test_what_is_no_tensor_is_told(value: Any, kind: str) -> None:
    """Its type is named, also where only the name travelled."""
    text = told(shape, value, (2,), "the state")
    assert text == f"the state is of type {kind}, expected a tensor of shape (2,)"


def test_a_list_is_no_tensor() -> None:
    """Lists and tuples travel alike."""
    assert "is a list or a tuple" in told(shape, (1, 2), (2,), "the state")


@pytest.mark.parametrize("gap", [0.0, 0.25, 0.5])
def test_close_allows_the_tolerance_itself(gap: float) -> None:
    """A difference that is allowed is none."""
    close(torch.tensor([1.0, 2.0 + gap]), torch.tensor([1.0, 2.0]), "it", 0.5)


def test_close_tells_the_greatest_difference() -> None:
    """How much, where, what was allowed, both values."""
    text = told(close, torch.tensor([1.0, 2.75]), torch.tensor([1.0, 2.0]), "the state", 0.5)
    assert text == (
        "the state differs: greatest difference 0.75 at (1,), allowed 0.5"
        " (obtained 2.75, expected 2)"
    )


def test_close_works_on_a_single_number() -> None:
    """A tensor without axes has no place to name."""
    close(torch.tensor(1.0), torch.tensor(1.0), "it", 0.0)
    assert "greatest difference 1, allowed 0.5" in told(
        close, torch.tensor(1.0), torch.tensor(2.0), "it", 0.5
    )


def test_close_takes_a_tolerance_per_element() -> None:
    """What is much in one place is nothing in another."""
    allowed = torch.tensor([0.1, 10.0])
    close(torch.tensor([1.0, 9.0]), torch.tensor([1.05, 1.0]), "it", allowed)
    text = told(close, torch.tensor([2.0, 1.0]), torch.tensor([1.0, 1.0]), "it", allowed)
    assert "greatest difference 1 at (0,), allowed 0.1" in text


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ([NAN], [1.0]),
        ([1.0], [NAN]),
        ([NAN], [NAN]),
        ([INF], [-INF]),
        ([INF], [1.0]),
        ([1.0], [INF]),
    ],
)
def test_nan_and_lone_infinities_are_never_close(
    actual: list[float], expected: list[float]
) -> None:
    """However much is allowed."""
    text = told(close, torch.tensor(actual), torch.tensor(expected), "it", 1e300)
    assert text.startswith("it is NaN at (0,)" if actual == [NAN] else "it differs")
    assert not is_close(torch.tensor(actual), torch.tensor(expected), 1e300)


def test_equal_infinities_are_close() -> None:
    """Where the reference overflows, so may a submission."""
    close(torch.tensor([INF, -INF]), torch.tensor([INF, -INF]), "it", 0.0)
    assert is_close(torch.tensor([INF, 1.0]), torch.tensor([INF, 1.0]), 0.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.float16, torch.int64])
def test_close_asks_for_no_dtype(dtype: torch.dtype) -> None:
    """A student may compute in another precision."""
    close(torch.ones(2, dtype=dtype), torch.ones(2, dtype=torch.float64), "it", 0.0)


def test_close_asks_for_the_shape() -> None:
    """Nothing is broadcast."""
    assert "has shape (2, 1), expected (2,)" in told(
        close, torch.zeros(2, 1), torch.zeros(2), "it", 1.0
    )
    assert not is_close(torch.zeros(2, 1), torch.zeros(2), 1.0)


def test_close_passes_on_tensors_with_a_graph() -> None:
    """Values that require gradients are compared as values."""
    close(torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True), "it", 0.0)


@pytest.mark.parametrize(
    ("other", "fails"),
    [
        (torch.tensor([1.0, 2.0]), True),
        (torch.tensor([1.0, 2.25]), True),
        (torch.tensor([1.0, 3.0]), False),
        (torch.tensor([1.0, NAN]), False),
        (torch.tensor([1.0]), False),
    ],
)
def test_differ_asks_for_more_than_the_tolerance(other: Tensor, fails: bool) -> None:
    """What moves less than is allowed counts as standing still."""
    one = torch.tensor([1.0, 2.0])
    if fails:
        text = told(differ, one, other, "the output", 0.25)
        assert text == "the output stays the same, to within 0.2"
    else:
        differ(one, other, "the output", 0.25)


def test_failed_code_is_a_violation() -> None:
    """A property need not tell them apart; the judge can."""
    assert issubclass(CodeFailed, Violation)
    assert not issubclass(Violation, CodeFailed)
