"""Right answers for softmax_regression: softmax, the model, one manual gradient step.

Axes: B rows, I inputs, V classes.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["SoftmaxModule"]


class SoftmaxModule:
    """Stands in for a submission's module; computes in float64 whatever comes in."""

    def softmax(self, X: Tensor) -> Tensor:
        """Return exp(X) over its row sum, safely. Shapes: (B, V) -> (B, V)."""
        weights = self.exponentiate(X.double() - self.shift(X.double()))
        return weights / self.total(weights)

    def shift(self, X: Tensor) -> Tensor:
        """Return what is subtracted before exp: each row's maximum."""
        return X.amax(1, keepdim=True)

    def exponentiate(self, X: Tensor) -> Tensor:
        """Return exp(X)."""
        return X.exp()

    def total(self, weights: Tensor) -> Tensor:
        """Return each row's sum."""
        return weights.sum(1, keepdim=True)

    def SoftmaxRegression(self, num_inputs: int, num_outputs: int) -> nn.Module:  # noqa: N802  # the name that the lab fixes
        """Return the model with its linear layer."""
        return _Regression(self, num_inputs, num_outputs)

    def probabilities(self, logits: Tensor) -> Tensor:
        """Return what forward makes of the linear layer's outputs."""
        return self.softmax(logits)

    def error(self, model: Any, X: Tensor, y: Tensor, y_hat: Tensor) -> Tensor:
        """Return d loss / d logits for one row each, before averaging: y_hat - onehot(y)."""
        error = self.used(model, X, y_hat).clone()
        error[torch.arange(len(y)), y] -= 1
        return error

    def used(self, model: Any, X: Tensor, y_hat: Tensor) -> Tensor:
        """Return the probabilities that the gradient is made of."""
        return y_hat

    def averaged(self, error: Tensor) -> Tensor:
        """Return the error divided by the number of rows."""
        return error / len(error)

    def weight_gradient(self, error: Tensor, X: Tensor) -> Tensor:
        """Return d loss / d W. Shapes: (B, V), (B, I) -> (V, I)."""
        return self.averaged(error).T @ X

    def bias_gradient(self, error: Tensor) -> Tensor:
        """Return d loss / d b. Shapes: (B, V) -> (V,)."""
        return self.averaged(error).sum(0)

    def step_weight(self, model: Any, gradient: Tensor) -> None:
        """Move the weight against its gradient, in place."""
        model.linear.weight.data -= self.direction() * model.lr * gradient

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        """Move the bias against its gradient, in place."""
        model.linear.bias.data -= self.direction() * model.lr * gradient

    def direction(self) -> float:
        """Return 1 to go down."""
        return 1.0


class _Regression(nn.Module):
    def __init__(self, steps: SoftmaxModule, num_inputs: int, num_outputs: int) -> None:
        super().__init__()
        self.steps = steps
        self.linear = nn.Linear(num_inputs, num_outputs, dtype=torch.float64)
        self.lr = 0.1

    def forward(self, X: Tensor) -> Tensor:
        return self.steps.probabilities(self.linear(X.double()))

    def manual_backward(self, X: Tensor, y: Tensor, y_hat: Tensor) -> None:
        with torch.no_grad():
            error = self.steps.error(self, X, y, y_hat.double())
            self.steps.step_weight(self, self.steps.weight_gradient(error, X.double()))
            self.steps.step_bias(self, self.steps.bias_gradient(error))
