"""Cases of softmax_regression and how they exercise a submission.

Axes: B rows, I inputs, V classes. Inputs are float32. Runs in the process with student code:
no reference, no expected value may be imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from gradekit.drive import fill, normal

__all__ = [
    "KNOWN",
    "OWN_Y_HAT",
    "RegressionCase",
    "SoftmaxCase",
    "run_forward",
    "run_softmax",
    "run_step",
]

OWN_Y_HAT = "y_hat as the submission's forward gives it"

# How probabilities are known: set where the judge imports the lab's properties. A runner gets them
# as data with its cases, and holds no function that a submission could borrow.
KNOWN: list[Callable[[RegressionCase], Tensor]] = []


@dataclass(frozen=True)
class SoftmaxCase:
    """Scores to normalise. All rows have their greatest score at one level.

    Shapes: X (B, V) float32. spread: how far scores lie apart; level: where the greatest is.
    """

    rows: int
    classes: int
    seed: int
    spread: float = 1.0
    level: float = 0.0
    X: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        fill(self, "X", self._draw)

    def _draw(self) -> Tensor:
        scores = normal(self.seed, self.rows, self.classes, dtype=torch.float32) * self.spread
        return scores - scores.amax(1, keepdim=True) + self.level


def run_softmax(module: Any, case: SoftmaxCase) -> dict[str, Any]:
    """Return the submission's softmax of the case's scores, expected (B, V)."""
    torch.set_default_dtype(torch.float32)
    return {"softmax": module.softmax(case.X.clone())}


@dataclass(frozen=True)
class RegressionCase:
    """A batch, a layer's weights, a learning rate.

    Shapes: X (B, I) float32, y (B,) int64, weight (V, I), bias (V,), y_hats (steps, B, V), the
    right probabilities before each step
    """

    rows: int
    inputs: int
    classes: int
    seed: int
    lr: float = 0.1
    steps: int = 1
    convention: str = ""  #  or OWN_Y_HAT
    X: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    y: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    weight: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    y_hats: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # by the judge

    def __post_init__(self) -> None:
        fill(self, "X", lambda: normal(self.seed, self.rows, self.inputs, dtype=torch.float32))
        fill(self, "y", self._draw_labels)
        fill(
            self,
            "weight",
            lambda: normal(self.seed + 1, self.classes, self.inputs, dtype=torch.float32),
        )
        fill(self, "bias", lambda: normal(self.seed + 2, self.classes, dtype=torch.float32))
        for probabilities in KNOWN:
            object.__setattr__(self, "y_hats", probabilities(self))

    def _draw_labels(self) -> Tensor:
        generator = torch.Generator().manual_seed(self.seed + 3)
        return torch.randint(self.classes, (self.rows,), generator=generator)


def _model(module: Any, case: RegressionCase) -> Any:
    torch.set_default_dtype(torch.float32)
    model = module.SoftmaxRegression(case.inputs, case.classes)
    with torch.no_grad():
        model.linear.weight.copy_(case.weight)
        model.linear.bias.copy_(case.bias)
    return model


def run_forward(module: Any, case: RegressionCase) -> dict[str, Any]:
    """Return the probabilities that the model gives to the batch, expected (B, V)."""
    model = _model(module, case)
    return {"probabilities": model(case.X.clone()), "lr": _number(getattr(model, "lr", None))}


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, int | float | Tensor) else value


def run_step(module: Any, case: RegressionCase) -> dict[str, Any]:
    """Take manual steps as a training loop does, with probabilities that are right.

    Returns: weight (V, I), bias (V,) after the steps; same, whether they are the objects that
    they were; kept, whether the batch and the model's other state are as they were.
    """
    model = _model(module, case)
    _set_rate(model, case.lr)
    weight, bias = model.linear.weight, model.linear.bias
    X, y = case.X.clone(), case.y.clone()
    others = _other_state(model)
    names = set(others)
    for step in range(case.steps):
        own = _forward(model, X)
        y_hat = own if case.convention == OWN_Y_HAT else _given(case, step, own)
        model.manual_backward(X, y, y_hat)
    same = weight is model.linear.weight and bias is model.linear.bias
    kept = (
        torch.equal(X, case.X)
        and torch.equal(y, case.y)
        and _equal(others, _other_state(model), names)
    )
    return {"weight": model.linear.weight, "bias": model.linear.bias, "same": same, "kept": kept}


def _set_rate(model: Any, lr: float) -> None:
    if isinstance(getattr(model, "lr", None), Tensor):
        model.lr.data.fill_(lr)
    else:
        model.lr = lr


def _forward(model: Any, X: Tensor) -> Any:
    """Let the model see the batch, as a training loop does, and return what it says."""
    try:
        return model(X)
    except Exception:  # noqa: BLE001  # charged in the part that asks for forward
        return None


def _given(case: RegressionCase, step: int, own: Any) -> Tensor:
    """Return the right probabilities, part of a graph where the submission's own are."""
    y_hat = case.y_hats[step].clone()
    if isinstance(own, Tensor) and own.requires_grad:
        return y_hat + 0.0 * own.sum().nan_to_num(0.0, 0.0, 0.0).to(y_hat.dtype)
    return y_hat


def _other_state(model: Any) -> dict[str, Tensor]:
    """Return copies of all tensors but weight and bias, under whatever names those stand."""
    moved = {model.linear.weight.data_ptr(), model.linear.bias.data_ptr()}
    state = model.state_dict()
    return {name: v.clone() for name, v in state.items() if v.data_ptr() not in moved}


def _equal(one: dict[str, Tensor], other: dict[str, Tensor], names: set[str]) -> bool:
    return all(name in other and torch.equal(one[name], other[name]) for name in names)
