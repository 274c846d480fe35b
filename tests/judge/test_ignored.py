"""What an answer does not depend on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
import torch
from torch import Tensor

from gradekit.judge.ignored import ignored
from gradekit.judge.verdict import Verdict
from gradekit.lab import Part
from gradekit.wire.values import Failure, Value


@dataclass(frozen=True)
class Case:
    """Two tensors, a number, and the scale of weights."""

    x: Tensor = field(default_factory=lambda: torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    y: Tensor = field(default_factory=lambda: torch.tensor([5.0, 7.0]))
    seed: int = 3
    weight_scale: float = 1.0


Answer = Callable[[Any], Value]
CASES = (Case(), Case(x=torch.tensor([[0.0, 9.0], [1.0, 1.0]])))
WEIGHTED, BARE = SimpleNamespace(weights=object()), SimpleNamespace(weights=None)


def both(case: Case) -> Value:
    """Depend on each of the tensors, by place."""
    return {"out": case.x[0] * 2 + case.y}


def run(answer: Answer) -> Callable[[Sequence[Any]], list[Value]]:
    """Answer many cases."""
    return lambda cases: [answer(case) for case in cases]


def found(
    reference: Answer, submission: Answer, part: object = BARE
) -> tuple[tuple[str, ...], int]:
    """Return what is ignored."""
    return ignored(cast(Part, part), CASES, run(reference), run(submission))


def test_the_reference_ignores_nothing_of_its_own() -> None:
    """The same code depends on as much."""
    assert found(both, both) == ((), 2)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (lambda case: {"out": torch.zeros(2)}, ("x", "y")),
        (lambda case: {"out": case.y}, ("x",)),
        (lambda case: {"out": case.x[0]}, ("y",)),
        (lambda case: {"out": torch.full((2,), float("nan"))}, ("x", "y")),
        (lambda case: {"out": case.x.sum() + torch.zeros(2)}, ("x", "y")),
    ],
    ids=["zeros", "one input", "the other", "not a number", "the sum alone"],
)
def test_an_answer_that_stays_is_told_of(answer: Answer, names: tuple[str, ...]) -> None:
    """An input whose elements may be moved about without a change is ignored."""
    assert found(both, answer) == (names, 2)


def test_what_the_reference_ignores_may_be_ignored() -> None:
    """There is less to depend on."""
    assert found(lambda case: {"out": case.y}, lambda case: {"out": case.y}) == ((), 1)
    assert found(lambda case: {"out": torch.ones(1)}, both) == ((), 0)


def test_a_failure_tells_nothing() -> None:
    """An answer that did not come is not one that stays."""
    assert found(both, lambda case: Failure("TypeError", "no")) == ((), 2)


def test_it_must_stay_on_each_case() -> None:
    """An answer that moves on one of two cases depends on its input."""
    moves = lambda case: {"out": case.x[0] if case.x[0, 0] == 0 or case.x[0, 0] == 1 else 0}  # noqa: E731
    names, _ = found(both, moves)
    assert "x" not in names


def test_weights_may_be_ignored_where_a_layer_has_its_own() -> None:
    """Their scale is changed, not a tensor."""
    layer = lambda case: {"out": both(case)["out"] * case.weight_scale}  # noqa: E731
    assert found(layer, both, WEIGHTED) == (("its weights",), 3)
    assert found(layer, layer, WEIGHTED) == ((), 3)
    assert found(layer, both, BARE) == ((), 2)


def test_rounding_is_no_dependence() -> None:
    """What a changed input leaves within a billionth of the answer's size is nothing."""
    slightly = lambda case: {"out": torch.full((2,), 1e6).double() + case.y * 1e-6}  # noqa: E731
    barely = lambda case: {"out": torch.full((2,), 1e6).double() + case.y * 1e-1}  # noqa: E731
    assert "y" in found(both, slightly)[0]
    assert "y" not in found(both, barely)[0]


def test_an_answer_of_another_shape_is_another_answer() -> None:
    """Shapes and lengths are compared before elements."""
    grows = lambda case: {"out": torch.zeros(int(case.y[0]))}  # noqa: E731
    assert found(both, grows) == (("x",), 2)
    longer = lambda case: {"out": (torch.zeros(1),) * int(case.y[0])}  # noqa: E731
    assert found(both, longer) == (("x",), 2)


CONSTANT = """
import torch
import torch.nn as nn

class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.w = nn.Parameter(torch.randn(3 * num_hiddens, num_inputs + num_hiddens + 1))

    def forward(self, inputs, state):
        return {outputs}, {state}
"""


@pytest.mark.parametrize(
    ("outputs", "state"),
    [
        ("inputs.new_zeros(*inputs.shape[:2], state.shape[2])", "state * 0"),
        ("inputs.new_ones(*inputs.shape[:2], state.shape[2]) / 2", "state * 0 + 0.5"),
    ],
)
def test_a_layer_that_reads_nothing_has_no_name(
    grade_gru: Callable[[str], Verdict], outputs: str, state: str
) -> None:
    """With all weights dead it equals many a mistake; none is claimed, and it earns little."""
    verdict = grade_gru(CONSTANT.format(outputs=outputs, state=state))
    found = [d for d in verdict.deductions if d.part == "gru"]
    assert [d.mistake for d in found] == [None]
    assert "does not depend on" in found[0].reason
    assert verdict.parts[0].score <= verdict.parts[0].max_score / 3
