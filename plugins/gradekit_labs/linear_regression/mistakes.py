"""What students do wrong in linear_regression: the reference with one step done otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gradekit_reference.linear_regression import Array, LinearModule

__all__ = ["BROADCAST_SQUARE", "BiasNotUpdated", "FactorTwo", "LastBatchDropped", "NoIntercept"]


# least squares


class NoIntercept(LinearModule):
    """The line is forced through the origin: there is no intercept."""

    def slope(self, x: Array, y: Array) -> float:
        return float((x * y).sum() / (x * x).sum())

    def intercept(self, x: Array, y: Array, w: float) -> float:
        return 0.0


class NoInterceptInSlope(LinearModule):
    """The slope is that of a line through the origin; the intercept is added afterwards."""

    def slope(self, x: Array, y: Array) -> float:
        return float((x * y).sum() / (x * x).sum())


class InterceptDropped(LinearModule):
    """The slope is right, but the intercept is left at zero."""

    def intercept(self, x: Array, y: Array, w: float) -> float:
        return 0.0


class BroadcastSquare(LinearModule):
    """A column (n, 1) meets a row (n,): every x is paired with every y, so the slope is 0."""

    def slope(self, x: Array, y: Array) -> float:
        return 0.0


# the gradient


class GradientNotAveraged(LinearModule):
    """The gradient is summed over the batch where the loss is a mean."""

    def share(self, error: Array) -> Array:
        return error


class WeightGradientNotAveraged(LinearModule):
    """The gradient of w is summed over the batch where the loss is a mean."""

    def w_gradient(self, error: Array, x: Array) -> float:
        return float(self.factor() * (error * x).sum())


class BiasGradientNotAveraged(LinearModule):
    """The gradient of b is summed over the batch where the loss is a mean."""

    def b_gradient(self, error: Array) -> float:
        return float(self.factor() * error.sum())


class FactorTwo(LinearModule):
    """The half in the loss is forgotten: the gradient is twice as great as it should be."""

    def factor(self) -> float:
        return 2.0


class WeightFactorTwo(LinearModule):
    """The gradient of w is twice as great as it should be: the half in the loss is forgotten."""

    def w_gradient(self, error: Array, x: Array) -> float:
        return float(2 * self.factor() * (self.share(error) * x).sum())


class BiasFactorTwo(LinearModule):
    """The gradient of b is twice as great as it should be: the half in the loss is forgotten."""

    def b_gradient(self, error: Array) -> float:
        return float(2 * self.factor() * self.share(error).sum())


def _broadcast(by_prediction: bool, averaged: bool) -> type[LinearModule]:
    """Return a form in which every prediction is held against every truth."""

    def error(self: LinearModule, x: Array, y: Array, w: float, b: float) -> Array:
        return (w * x + b)[:, None] - y[None, :]

    def share(self: LinearModule, error: Array) -> Array:
        return error / (error.size if averaged else len(error))

    def w_gradient(self: LinearModule, error: Array, x: Array) -> float:
        paired = x[:, None] if by_prediction else x[None, :]
        return float(self.factor() * (self.share(error) * paired).sum())

    doc = "Predictions (n, 1) meet truths (n,): every one is held against every other, (n, n)."
    steps = {"error": error, "share": share, "w_gradient": w_gradient, "__doc__": doc}
    return type("BroadcastSquare", (LinearModule,), steps)


BROADCAST_SQUARE = tuple(_broadcast(p, a) for a in (True, False) for p in (True, False))


# the step


class StepSign(LinearModule):
    """The gradient is added: each step goes up."""

    def w_direction(self) -> float:
        return -1.0

    def b_direction(self) -> float:
        return -1.0


class WeightStepSign(LinearModule):
    """The gradient of w is added: its steps go up."""

    def w_direction(self) -> float:
        return -1.0


class BiasStepSign(LinearModule):
    """The gradient of b is added: its steps go up."""

    def b_direction(self) -> float:
        return -1.0


class SequentialUpdate(LinearModule):
    """The gradient of b is computed with the new w instead of the old one."""

    def seen_by_b(
        self, x: Array, y: Array, old: tuple[float, float], new_w: float, error: Array
    ) -> Array:
        return self.error(x, y, new_w, old[1])


class SequentialUpdateOfWeight(LinearModule):
    """The gradient of w is computed with the new b instead of the old one."""

    def seen_by_w(
        self, x: Array, y: Array, old: tuple[float, float], lr: float, error: Array
    ) -> Array:
        w, b = old
        return self.error(x, y, w, self.moved(b, self.b_direction() * lr * self.b_gradient(error)))


class BiasNotUpdated(LinearModule):
    """The bias stays at zero: its gradient is never applied."""

    def moved(self, b: float, step: float) -> float:
        return b


class LastBatchDropped(LinearModule):
    """A last batch that is shorter than the others is left out."""

    def batches(self, order: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
        for start in range(0, len(order) - size + 1, size):
            yield order[start : start + size]
