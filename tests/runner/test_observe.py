"""What is seen of a drive: names of what ran, and counts of work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from gradekit.runner.observe import bytecodes, operations, what_ran

X = torch.ones(6, 4)


def looped(count: int) -> Callable[[], Any]:
    return lambda: torch.stack([row * 2 for row in X[:1].expand(count, 4)])


def test_operations_grow_with_a_loop_and_with_nothing_else() -> None:
    """One product counts once, whatever its size; a loop counts each turn."""
    assert operations(lambda: X @ X.T) == operations(lambda: X[:1] @ X[:1].T) - 2  # two slices
    assert operations(looped(40)) > 10 * operations(looped(2)) - 100
    assert operations(looped(40)) - operations(looped(20)) >= 20


@pytest.mark.parametrize(
    "loop",
    [
        lambda n: [value + 1 for value in range(n)],
        lambda n: sum(value for value in range(n)),
        lambda n: np.vectorize(lambda value: value + 1)(np.arange(n)),
        lambda n: list(map(lambda value: value + 1, range(n))),  # noqa: C417  # a loop in C
    ],
)
def test_bytecodes_see_loops_however_they_are_written(loop: Callable[[int], Any]) -> None:
    """Comprehensions, generators, vectorize and map cost bytecodes for each element."""
    assert bytecodes(lambda: loop(400)) > 3 * bytecodes(lambda: loop(50))


def test_bytecodes_do_not_grow_with_an_array() -> None:
    """Work inside numpy costs nothing that is counted."""
    assert bytecodes(lambda: np.ones(1000) * 2) == bytecodes(lambda: np.ones(10) * 2)


def test_tracing_ends_with_the_drive() -> None:
    """Neither a trace nor a profile function is left behind, even by code that fails."""
    before = sys.gettrace(), sys.getprofile()
    with pytest.raises(ZeroDivisionError):
        bytecodes(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        what_ran(lambda: 1 / 0, [])
    assert (sys.gettrace(), sys.getprofile()) == before


def test_what_ran_is_named_whatever_reached_it() -> None:
    """Operations of torch, functions in Python at any depth, functions in C of the file itself."""
    hidden = getattr(functional, "soft" + "max")
    ran = what_ran(lambda: hidden(X, dim=1), [__file__])
    assert "aten::softmax" in ran
    assert "call:torch.nn.functional.softmax" in ran
    ran = what_ran(lambda: np.einsum("ij->i", X.numpy()), [__file__])
    assert any(name.startswith("call:numpy") and name.endswith(".einsum") for name in ran)


def as_strided(value: Any) -> Any:
    return value


def test_a_helper_of_ones_own_is_not_what_it_is_called() -> None:
    """A student's own function may have the name of a forbidden one."""
    ran = what_ran(lambda: as_strided(X), [__file__])
    assert not any("as_strided" in name for name in ran if name.startswith("call:"))


@pytest.mark.parametrize("show", [str, repr, lambda array: f"{array}", lambda array: f"{array!r}"])
def test_printing_an_array_is_no_loop(show: Callable[[Any], str]) -> None:
    """Text of 400 numbers costs no more steps than text of 4."""
    few, many = (bytecodes(lambda n=n: show(np.linspace(0.1, 0.9, n))) for n in (4, 400))
    assert many == few
    assert bytecodes(lambda: [show(np.ones(2)) for _ in range(50)]) > few + 50  # the loop is one
