"""Right answers for linear_regression: least squares, mini-batch SGD, prediction. numpy only.

x and y are (n,); the loss is half the mean of squared errors.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "LinearModule"]

Array = NDArray[np.float64]


class LinearModule:
    """Stands in for a submission's module; its steps are what mistakes override."""

    # least squares

    def fit_least_squares(self, x: Array, y: Array) -> tuple[float, float]:
        """Return slope and intercept of the line with the least squared error."""
        w = self.slope(x, y)
        return w, self.intercept(x, y, w)

    def slope(self, x: Array, y: Array) -> float:
        """Return the covariance of x and y over the variance of x."""
        away = x - x.mean()
        return float((away * (y - y.mean())).sum() / (away * away).sum())

    def intercept(self, x: Array, y: Array, w: float) -> float:
        """Return what is left of the mean of y."""
        return float(y.mean() - w * x.mean())

    # stochastic gradient descent

    def fit_sgd(
        self,
        x: Array,
        y: Array,
        lr: float,
        epochs: int,
        batch_size: int,
        rng: np.random.Generator,
    ) -> tuple[float, float]:
        """Return w and b after descending from 0, 0, in a new order every epoch."""
        w = b = 0.0
        for _ in range(epochs):
            for rows in self.batches(rng.permutation(len(x)), batch_size):
                error = self.error(x[rows], y[rows], w, b)
                seen_by_w = self.seen_by_w(x[rows], y[rows], (w, b), lr, error)
                step_w = lr * self.w_gradient(seen_by_w, x[rows])
                new_w = w - self.w_direction() * step_w
                seen = self.seen_by_b(x[rows], y[rows], (w, b), new_w, error)
                step_b = lr * self.b_gradient(seen)
                w, b = new_w, self.moved(b, self.b_direction() * step_b)
        return float(w), float(b)

    def batches(self, order: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
        """Yield the rows of each batch, a short last one too."""
        for start in range(0, len(order), size):
            yield order[start : start + size]

    def error(self, x: Array, y: Array, w: float, b: float) -> Array:
        """Return prediction minus truth. Shapes: (m,) -> (m,)."""
        return w * x + b - y

    def seen_by_w(
        self, x: Array, y: Array, old: tuple[float, float], lr: float, error: Array
    ) -> Array:
        """Return the error that w's gradient is made of: the one with the old w and b."""
        return error

    def seen_by_b(
        self, x: Array, y: Array, old: tuple[float, float], new_w: float, error: Array
    ) -> Array:
        """Return the error that b's gradient is made of: the one with the old w and b."""
        return error

    def share(self, error: Array) -> Array:
        """Return the error divided by the number of samples."""
        shared: Array = error / error.shape[0]
        return shared

    def factor(self) -> float:
        """Return the factor before the gradient: the half in the loss takes the two away."""
        return 1.0

    def w_gradient(self, error: Array, x: Array) -> float:
        """Return d loss / d w."""
        return float(self.factor() * (self.share(error) * x).sum())

    def b_gradient(self, error: Array) -> float:
        """Return d loss / d b."""
        return float(self.factor() * self.share(error).sum())

    def w_direction(self) -> float:
        """Return 1 to go down."""
        return 1.0

    def b_direction(self) -> float:
        """Return 1 to go down."""
        return 1.0

    def moved(self, b: float, step: float) -> float:
        """Return b after the step."""
        return b - step

    # prediction

    def predict(self, x: Array, w: float, b: float) -> Array:
        """Return w x + b. Shapes: (n,) -> (n,)."""
        return w * x + b
