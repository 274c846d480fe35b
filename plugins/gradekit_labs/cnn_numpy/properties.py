"""What holds for every right cnn_numpy submission.

Axes: B rows, I inputs, O outputs, H height, W width, (h, w) of a window. Whoever computes in
float32 is right, so a sum of n products is off by at most n eps times their greatest size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from gradekit.lab.related import Submission, Violation, close, shape
from gradekit_labs.cnn_numpy.drives import ConvCase, LinearCase, PoolCase

__all__ = ["tolerance"]

EPS = torch.finfo(torch.float32).eps
MARGIN = 4  # between a typical and a worst-case rounding of the sums


def rounding(case: Any) -> float:
    """Return what rounding alone may change in a result."""
    if isinstance(case, PoolCase):
        return MARGIN * EPS * float(case.X.abs().max())
    weight = case.K if isinstance(case, ConvCase) else case.weight
    terms = weight[0].numel() if isinstance(case, ConvCase) else case.inputs
    size = float(case.X.abs().max() * weight.abs().max())
    return MARGIN * EPS * ((1 + terms) * size + float(case.bias.abs().max()))


def tolerance(case: Any, name: str, expected: Tensor) -> float:
    """Return the rounding that is allowed in an outcome."""
    return rounding(case)


def _result(sub: Submission, case: Any, expected: tuple[int, ...], what: str) -> Tensor:
    return shape(sub.run(case).get("result"), expected, what).double()


# cross-correlation


def _corr(sub: Submission, case: ConvCase) -> Tensor:
    return _result(sub, case, case.shape, "corr2d(X, K)")


def keeps_the_shape(sub: Submission, case: ConvCase) -> None:
    """The result is (B, O, H-h+1, W-w+1), for images and kernels of any sides."""
    _corr(sub, case)


def equals_a_convolution(sub: Submission, case: ConvCase) -> None:
    """The result is torch's conv2d of the same arrays."""
    expected = functional.conv2d(case.X.double(), case.K.double())
    close(_corr(sub, case), expected, "corr2d(X, K)", rounding(case))


def is_linear_in_the_image(sub: Submission, case: ConvCase) -> None:
    """Images can be added before or after."""
    other = replace(case, X=case.X.flip(-1))
    both = replace(case, X=case.X + other.X)
    expected = _corr(sub, case) + _corr(sub, other)
    allowed = rounding(case) + rounding(other) + rounding(both)
    close(_corr(sub, both), expected, "corr2d(X + X', K)", allowed)


def is_linear_in_the_kernel(sub: Submission, case: ConvCase) -> None:
    """Kernels can be added before or after."""
    other = replace(case, K=case.K.flip(0))
    both = replace(case, K=case.K + other.K)
    expected = _corr(sub, case) + _corr(sub, other)
    allowed = rounding(case) + rounding(other) + rounding(both)
    close(_corr(sub, both), expected, "corr2d(X, K + K')", allowed)


def identity_kernel_copies(sub: Submission, case: ConvCase) -> None:
    """A 1x1 kernel of one copies the first channel."""
    K = torch.zeros(1, case.inputs, 1, 1, dtype=case.X.dtype)
    K[0, 0] = 1
    one = replace(case, outputs=1, kernel=(1, 1), K=K)
    close(_corr(sub, one), case.X[:, :1].double(), "corr2d(X, 1)", rounding(one))


def shifting_the_image_shifts_the_result(sub: Submission, case: ConvCase) -> None:
    """An image moved by one column gives the result moved by one column."""
    if case.shape[3] < 2:
        return
    moved = replace(case, X=case.X.roll(1, -1))
    after, before = _corr(sub, moved)[..., 1:], _corr(sub, case)[..., :-1]
    close(after, before, "corr2d of the moved image", 2 * rounding(case))


def arrays_stay_as_they_are(sub: Submission, case: Any) -> None:
    """The inputs are not changed."""
    if sub.run(case).get("kept") is not True:
        raise Violation("an input was changed in place")


CORR_PROPERTIES = {
    keeps_the_shape: "Take H, W from X and h, w from K, each on its own.",
    equals_a_convolution: "Compare with torch.nn.functional.conv2d(X, K) at home.",
    is_linear_in_the_image: "The result is a sum of products.",
    is_linear_in_the_kernel: "The result is a sum of products.",
    identity_kernel_copies: "Y[b, o, y, x] starts at X[b, :, y, x].",
    shifting_the_image_shifts_the_result: "Every position sees its own window.",
    arrays_stay_as_they_are: "Work on a new array.",
}


# Conv2D


def layer_keeps_the_shape(sub: Submission, case: ConvCase) -> None:
    """The layer's result is (B, O, H-h+1, W-w+1)."""
    _result(sub, case, case.shape, "forward_np(X)")


def weights_have_their_shapes(sub: Submission, case: ConvCase) -> None:
    """The weight is (O, I, h, w), the bias (O,)."""
    outcome = sub.run(case)
    _same_shape(outcome.get("weight_shape"), tuple(case.K.shape), "weight")
    _same_shape(outcome.get("bias_shape"), (case.outputs,), "bias")


def _same_shape(actual: Any, expected: tuple[int, ...], what: str) -> None:
    if actual != expected:
        raise Violation(f"{what} has shape {actual}, expected {expected}")


def layer_equals_a_convolution(sub: Submission, case: ConvCase) -> None:
    """The layer gives torch's conv2d with its weight and bias."""
    X, K, bias = (value.double() for value in (case.X, case.K, case.bias))
    got = _result(sub, case, case.shape, "forward_np(X)")
    close(got, functional.conv2d(X, K, bias), "forward_np(X)", rounding(case))


def each_channel_has_its_bias(sub: Submission, case: ConvCase) -> None:
    """Adding 1 to the biases adds 1 to every output."""
    more = replace(case, bias=case.bias + torch.arange(1, case.outputs + 1))
    got = _result(sub, more, case.shape, "forward_np(X)")
    rise = torch.arange(1, case.outputs + 1)[None, :, None, None].double()
    before = _result(sub, case, case.shape, "forward_np(X)")
    allowed = rounding(case) + rounding(more)
    close(got - before, rise.expand(case.shape), "what greater biases add", allowed)


CONV_PROPERTIES = {
    layer_keeps_the_shape: "Call corr2d, then add the bias.",
    weights_have_their_shapes: "kernel_size is (h, w): weight is (O, I, h, w).",
    layer_equals_a_convolution: "corr2d(X, weight) plus one bias per output channel.",
    each_channel_has_its_bias: "bias.reshape(1, -1, 1, 1) is one number per output channel.",
    arrays_stay_as_they_are: "Work on a new array.",
}


def sizes_of_the_weight_are_swapped(sub: Submission, case: ConvCase) -> None:
    """The weight is made as (O, I, w, h)."""
    h, w = case.kernel
    made = sub.run(case).get("weight_shape")
    if h != w and made == (case.outputs, case.inputs, w, h):
        raise Violation(f"weight has shape {made} for kernel_size ({h}, {w})")


# pooling


def _pooled(sub: Submission, case: PoolCase) -> Tensor:
    p, q = case.pool
    expected = (case.rows, case.channels, case.height // p, case.width // q)
    return _result(sub, case, expected, "forward_np(X)")


def pooling_keeps_the_shape(sub: Submission, case: PoolCase) -> None:
    """The result is (B, C, H//p, W//q): what is left over at the edges is dropped."""
    _pooled(sub, case)


def equals_max_pooling(sub: Submission, case: PoolCase) -> None:
    """The result is torch's max_pool2d."""
    expected = functional.max_pool2d(case.X.double(), case.pool)
    close(_pooled(sub, case), expected, "forward_np(X)", rounding(case))


def negatives_stay_negative(sub: Submission, case: PoolCase) -> None:
    """The maximum of negative numbers is negative."""
    below = replace(case, X=-1 - case.X.abs())
    if bool((_pooled(sub, below) > -1 + rounding(below)).any()):
        raise Violation("with all inputs below -1, an output lies above -1")


def shifting_all_shifts_the_maxima(sub: Submission, case: PoolCase) -> None:
    """Adding 2.5 to every input adds 2.5 to every maximum."""
    more = replace(case, X=case.X + 2.5)
    allowed = rounding(case) + rounding(more)
    close(_pooled(sub, more), _pooled(sub, case) + 2.5, "forward_np(X + 2.5)", allowed)


POOL_PROPERTIES = {
    pooling_keeps_the_shape: "pool_size is (p, q): H // p rows and W // q columns.",
    equals_max_pooling: "Window (i, j) starts at row i * p and column j * q.",
    negatives_stay_negative: "Start from -inf, or from the window's first number.",
    shifting_all_shifts_the_maxima: "Take the maximum, not the mean, and start from no number.",
    arrays_stay_as_they_are: "Work on a new array.",
}


# the linear layer


def _mapped(sub: Submission, case: LinearCase) -> Tensor:
    return _result(sub, case, (case.rows, case.outputs), "forward_np(X)")


def mapping_keeps_the_shape(sub: Submission, case: LinearCase) -> None:
    """The result is (B, num_outputs)."""
    _mapped(sub, case)


def matrices_have_their_shapes(sub: Submission, case: LinearCase) -> None:
    """The weight is (num_inputs, num_outputs), the bias (num_outputs,)."""
    outcome = sub.run(case)
    _same_shape(outcome.get("weight_shape"), (case.inputs, case.outputs), "weight")
    _same_shape(outcome.get("bias_shape"), (case.outputs,), "bias")


def equals_a_linear_map(sub: Submission, case: LinearCase) -> None:
    """The layer gives X times weight, plus bias."""
    expected = case.X.double() @ case.weight.double() + case.bias.double()
    close(_mapped(sub, case), expected, "forward_np(X)", rounding(case))


LINEAR_PROPERTIES = {
    mapping_keeps_the_shape: "X @ self.weight + self.bias",
    matrices_have_their_shapes: "The constructor takes num_outputs first.",
    equals_a_linear_map: "X @ self.weight + self.bias",
    arrays_stay_as_they_are: "Work on a new array.",
}
