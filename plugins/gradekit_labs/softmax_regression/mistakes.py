"""What students do wrong in softmax_regression: the reference with one step done otherwise."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from gradekit_reference.softmax_regression import SoftmaxModule

__all__ = ["BiasNotSummed", "DoubleSoftmax", "GradientNotAveraged", "SoftmaxOverflow"]


# Legitimate conventions


class Recomputes(SoftmaxModule):
    """The manual step computes the probabilities again instead of taking y_hat."""

    def used(self, model: Any, X: Tensor, y_hat: Tensor) -> Tensor:
        return self.probabilities(model.linear(X.double()))


# softmax


def _single(form: type[SoftmaxModule]) -> tuple[type[SoftmaxModule], type[SoftmaxModule]]:
    """Return a form with exp in single precision, as most submissions run it, and as it is.

    In single precision exp overflows at 88 and vanishes at -104; a safe softmax never shows
    which one is used, an unsafe one does.
    """

    def exponentiate(self: SoftmaxModule, X: Tensor) -> Tensor:
        return X.float().exp().double()

    body = {"exponentiate": exponentiate, "__doc__": form.__doc__}
    steps = {name: step for name, step in vars(form).items() if not name.startswith("__")}
    return type(form.__name__, (SoftmaxModule,), {**steps, **body}), form


class _Overflow(SoftmaxModule):
    """No maximum is subtracted before exp, so great scores overflow to inf and NaN."""

    def shift(self, X: Tensor) -> Tensor:
        return torch.zeros_like(X)


class _OverflowMean(SoftmaxModule):
    """The mean is subtracted instead of the maximum, so scores far apart still overflow."""

    def shift(self, X: Tensor) -> Tensor:
        return X.mean(1, keepdim=True)


class SoftmaxOverflowLog(SoftmaxModule):
    """The logarithm of the sum is taken without subtracting a maximum, so it overflows."""

    def softmax(self, X: Tensor) -> Tensor:
        single = X.float()
        return (single - single.exp().sum(1, keepdim=True).log()).exp().double()


class _Dim(SoftmaxModule):
    """Columns are normalised instead of rows: dimension 0 throughout."""

    def shift(self, X: Tensor) -> Tensor:
        return X.amax(0, keepdim=True)

    def total(self, weights: Tensor) -> Tensor:
        return weights.sum(0, keepdim=True)


class _DimSum(SoftmaxModule):
    """Columns are summed instead of rows."""

    def total(self, weights: Tensor) -> Tensor:
        return weights.sum(0, keepdim=True)


class _DimGlobal(SoftmaxModule):
    """The sum runs over the columns, after subtracting one maximum for all."""

    def shift(self, X: Tensor) -> Tensor:
        return X.amax()

    def total(self, weights: Tensor) -> Tensor:
        return weights.sum(0, keepdim=True)


class _MaxOverBatch(SoftmaxModule):
    """Each class's maximum over the batch is subtracted, which changes the ratios in a row."""

    def shift(self, X: Tensor) -> Tensor:
        return X.amax(0, keepdim=True)


SoftmaxOverflow = (*_single(_Overflow), *_single(_OverflowMean), SoftmaxOverflowLog)
SoftmaxDim = (*_single(_Dim), *_single(_DimSum), *_single(_DimGlobal))
MaxOverBatch = _single(_MaxOverBatch)


# forward


class DoubleSoftmax(SoftmaxModule):
    """Softmax is applied twice: probabilities are taken for logits."""

    def probabilities(self, logits: Tensor) -> Tensor:
        return self.softmax(self.softmax(logits))


class DoubleSoftmaxInStep(SoftmaxModule):
    """The manual step applies softmax to y_hat, which are probabilities already."""

    def used(self, model: Any, X: Tensor, y_hat: Tensor) -> Tensor:
        return self.softmax(super().used(model, X, y_hat))


# the manual step


class GradientNotAveraged(SoftmaxModule):
    """The gradient is summed over the batch where the loss is a mean."""

    def averaged(self, error: Tensor) -> Tensor:
        return error


class WeightGradientNotAveraged(SoftmaxModule):
    """The weight's gradient is summed over the batch where the loss is a mean."""

    def weight_gradient(self, error: Tensor, X: Tensor) -> Tensor:
        return error.T @ X


class BiasGradientNotAveraged(SoftmaxModule):
    """The bias's gradient is summed over the batch where the loss is a mean."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return error.sum(0)


class BiasNotSummed(SoftmaxModule):
    """The bias's gradient is not summed over the batch: one row per sample is left."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return self.averaged(error)


class BiasNotSummedBound(SoftmaxModule):
    """The bias's gradient keeps a row per sample, and so does the bias after the step."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return self.averaged(error)

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        model.linear.bias.data = model.linear.bias.data - model.lr * gradient


class BiasNotSummedNorAveraged(SoftmaxModule):
    """The bias's gradient keeps a row per sample, undivided, and so does the bias."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return error

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        model.linear.bias.data = model.linear.bias.data - model.lr * gradient


class BiasFromFirstRow(SoftmaxModule):
    """The bias's gradient is that of the first sample alone."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return error[0]


class BiasFromFirstRowAveraged(SoftmaxModule):
    """The bias's gradient is that of the first sample alone, divided by the batch."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return self.averaged(error)[0]


class BiasFromLastRow(SoftmaxModule):
    """The bias's gradient is that of the last sample alone."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return error[-1]


class BiasFromLastRowAveraged(SoftmaxModule):
    """The bias's gradient is that of the last sample alone, divided by the batch."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return self.averaged(error)[-1]


class BiasAveragedTwice(SoftmaxModule):
    """The bias's gradient is a mean of what is already averaged, not a sum of it."""

    def bias_gradient(self, error: Tensor) -> Tensor:
        return self.averaged(error).mean(0)


class BiasNotUpdated(SoftmaxModule):
    """The bias stays as it is (a gradient averaged over everything is always zero)."""

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        return None


class StepSign(SoftmaxModule):
    """The gradient is added: each step goes up."""

    def direction(self) -> float:
        return -1.0


class WeightStepSign(SoftmaxModule):
    """The weight's gradient is added: its steps go up."""

    def step_weight(self, model: Any, gradient: Tensor) -> None:
        model.linear.weight.data += model.lr * gradient


class BiasStepSign(SoftmaxModule):
    """The bias's gradient is added: its steps go up."""

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        model.linear.bias.data += model.lr * gradient


class ParameterReplaced(SoftmaxModule):
    """The attribute is bound to a plain tensor, which torch refuses."""

    def step_weight(self, model: Any, gradient: Tensor) -> None:
        model.linear.weight = model.linear.weight - model.lr * gradient


class BiasReplaced(SoftmaxModule):
    """The bias is bound to a plain tensor, which torch refuses."""

    def step_bias(self, model: Any, gradient: Tensor) -> None:
        model.linear.bias = model.linear.bias - model.lr * gradient
