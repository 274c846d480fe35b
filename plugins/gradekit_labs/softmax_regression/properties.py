"""What holds for every right softmax_regression submission.

Axes: B rows, I inputs, V classes. Computed in float32, so a probability p is off by at most
p * eps * (|score| + |greatest score| + V), whichever safe formula is used; a gradient step by
the rounding of sums over B.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from gradekit.lab.related import Submission, Violation, close, shape
from gradekit_labs.softmax_regression.drives import KNOWN, RegressionCase, SoftmaxCase

__all__ = ["softmax_rounding", "step_rounding"]

EPS = torch.finfo(torch.float32).eps
MARGIN = 16  # between a typical and a worst-case rounding of the sums below


def _right_probabilities(case: RegressionCase) -> Tensor:
    """Return what forward gives before each of the case's steps. Shape: (steps, B, V)."""
    weight, bias, X = case.weight.double(), case.bias.double(), case.X.double()
    found = []
    for _ in range(case.steps):
        y_hat = (X @ weight.T + bias).softmax(1)
        found.append(y_hat.float())
        error = (y_hat - torch.nn.functional.one_hot(case.y, case.classes)) / case.rows
        weight, bias = weight - case.lr * error.T @ X, bias - case.lr * error.sum(0)
    return torch.stack(found)


KNOWN[:] = [_right_probabilities]


def softmax_rounding(case: SoftmaxCase) -> float:
    """Return what rounding alone may change in a probability."""
    return MARGIN * EPS * (float(case.X.abs().max()) + case.classes)


def forward_rounding(case: RegressionCase) -> float:
    """Return what rounding alone may change in a probability of the model."""
    size = float((case.X.abs() @ case.weight.abs().T).max() + case.bias.abs().max())
    return MARGIN * EPS * (size + case.classes + case.inputs)


def step_rounding(case: RegressionCase) -> float:
    """Return what rounding alone may change in a weight after the steps."""
    moved = case.lr * case.steps * (1 + float(case.X.abs().max()))
    size = float(max(case.weight.abs().max(), case.bias.abs().max()))
    return MARGIN * EPS * (size + moved * (forward_rounding(case) / (MARGIN * EPS) + case.rows))


# softmax


def _softmax(sub: Submission, case: SoftmaxCase) -> Tensor:
    value = shape(sub.run(case).get("softmax"), tuple(case.X.shape), "softmax(X)")
    return value.detach().double()


def keeps_the_shape(sub: Submission, case: SoftmaxCase) -> None:
    """There is one probability per score: (B, V) gives (B, V)."""
    _softmax(sub, case)


def stays_finite(sub: Submission, case: SoftmaxCase) -> None:
    """Probabilities are finite, even for scores of ten thousand."""
    value = _softmax(sub, case)
    if not bool(value.isfinite().all()):
        raise Violation(
            f"softmax(X) holds inf or NaN for scores between {float(case.X.min()):.4g} and"
            f" {float(case.X.max()):.4g}"
        )


def rows_sum_to_one(sub: Submission, case: SoftmaxCase) -> None:
    """The probabilities of each row sum to one."""
    value = _softmax(sub, case)
    ones = torch.ones(case.X.shape[0], dtype=torch.float64)
    close(value.sum(1), ones, "the sum of each row", case.classes * softmax_rounding(case))


def shifting_a_row_changes_nothing(sub: Submission, case: SoftmaxCase) -> None:
    """Adding one number to all scores of a row changes nothing."""
    moved = replace(case, X=case.X + 3)
    allowed = softmax_rounding(case) + softmax_rounding(moved)
    close(_softmax(sub, moved), _softmax(sub, case), "softmax(X + 3)", allowed)


def order_is_kept(sub: Submission, case: SoftmaxCase) -> None:
    """A greater score never gets a smaller probability."""
    value = _softmax(sub, case)
    order = case.X.argsort(1)
    steps = value.gather(1, order).diff(dim=1)
    if bool((steps < -softmax_rounding(case)).any()):
        raise Violation(f"a greater score has a probability that is {-float(steps.min()):.3g} less")


def reordering_reorders(sub: Submission, case: SoftmaxCase) -> None:
    """Reordering rows and classes reorders the probabilities and changes nothing else."""
    turned = _softmax(sub, replace(case, X=case.X.flip(0, 1).contiguous()))
    expected = _softmax(sub, case).flip(0, 1)
    close(turned, expected, "softmax of reordered scores", 2 * softmax_rounding(case))


SOFTMAX_PROPERTIES = {  # each with what to look at first when it fails
    keeps_the_shape: "Keep the axis that you sum over: keepdim=True.",
    stays_finite: "Subtract each row's maximum before exp.",
    rows_sum_to_one: "Divide by the sum over dim=1.",
    shifting_a_row_changes_nothing: "Is anything but the row's own maximum subtracted?",
    order_is_kept: "exp grows with its argument; is a sign turned?",
    reordering_reorders: "A row's probabilities depend on that row alone.",
}


# forward


def _probabilities(sub: Submission, case: RegressionCase) -> Tensor:
    expected = (case.X.shape[0], case.classes)
    return shape(sub.run(case).get("probabilities"), expected, "forward(X)").detach().double()


def one_row_of_probabilities_each(sub: Submission, case: RegressionCase) -> None:
    """Forward gives each row of the batch its probabilities: (B, V)."""
    _probabilities(sub, case)


def probabilities_sum_to_one(sub: Submission, case: RegressionCase) -> None:
    """The probabilities that forward gives sum to one in each row."""
    value = _probabilities(sub, case)
    ones = torch.ones(case.X.shape[0], dtype=torch.float64)
    close(value.sum(1), ones, "the sum of each row", case.classes * forward_rounding(case))


def rows_are_independent(sub: Submission, case: RegressionCase) -> None:
    """A row's probabilities do not depend on the other rows."""
    alone = _probabilities(sub, replace(case, rows=1, X=case.X[:1], y=case.y[:1]))
    together = _probabilities(sub, case)[:1]
    close(alone, together, "the first row alone", 2 * forward_rounding(case))


def learning_rate_is_given(sub: Submission, case: RegressionCase) -> None:
    """self.lr starts at 0.1."""
    lr = sub.run(case).get("lr")
    if not isinstance(lr, float) or not abs(lr - 0.1) <= 1e-6:
        raise Violation(f"self.lr is {lr!r}, expected 0.1")


FORWARD_PROPERTIES = {
    one_row_of_probabilities_each: "forward is softmax(self.linear(X)).",
    probabilities_sum_to_one: "Return probabilities, not scores.",
    rows_are_independent: "Normalise over dim=1, the classes.",
    learning_rate_is_given: "The template sets self.lr; leave it there.",
}


def linear_is_unused(sub: Submission, case: RegressionCase) -> None:
    """Other weights in self.linear change nothing."""
    first = sub.run(case).get("probabilities")
    other = sub.run(replace(case, weight=case.weight.flip(0) + 1, bias=case.bias.flip(0) - 1))
    changed = other.get("probabilities")
    if isinstance(first, Tensor) and isinstance(changed, Tensor) and torch.equal(first, changed):
        raise Violation("other weights in self.linear leave forward(X) as it is")


# the manual step


def _stepped(sub: Submission, case: RegressionCase) -> tuple[Tensor, Tensor]:
    outcome = sub.run(case)
    weight = shape(outcome.get("weight"), (case.classes, case.inputs), "linear.weight")
    bias = shape(outcome.get("bias"), (case.classes,), "linear.bias")
    return weight.detach().double(), bias.detach().double()


def shapes_survive_the_step(sub: Submission, case: RegressionCase) -> None:
    """Weight and bias have the shapes that they had."""
    _stepped(sub, case)


def step_is_autograds(sub: Submission, case: RegressionCase) -> None:
    """The step is the one that autograd and plain gradient descent would take."""
    once = replace(case, steps=1)
    weight = case.weight.double().requires_grad_()
    bias = case.bias.double().requires_grad_()
    loss = torch.nn.functional.cross_entropy(case.X.double() @ weight.T + bias, case.y)
    d_weight, d_bias = torch.autograd.grad(loss, [weight, bias])
    got_weight, got_bias = _stepped(sub, once)
    allowed = step_rounding(once)
    close(got_weight, (weight - case.lr * d_weight).detach(), "linear.weight", allowed)
    close(got_bias, (bias - case.lr * d_bias).detach(), "linear.bias", allowed)


def step_is_the_slope(sub: Submission, case: RegressionCase) -> None:
    """What the step moves by is the slope of the loss, measured by finite differences."""
    once = replace(case, steps=1)
    got_weight, got_bias = _stepped(sub, once)
    h = 1e-5
    for name, moved in (("weight", got_weight), ("bias", got_bias)):
        start: Tensor = getattr(case, name).double()
        slope = torch.zeros_like(start)
        for place in range(start.numel()):
            change = torch.zeros_like(start).reshape(-1)
            change[place] = h
            change = change.reshape(start.shape)
            up, down = _loss(case, **{name: start + change}), _loss(case, **{name: start - change})
            slope.reshape(-1)[place] = (up - down) / (2 * h)
        allowed = step_rounding(once) + case.lr * h
        close(moved, start - case.lr * slope, f"linear.{name}", allowed)


def _loss(case: RegressionCase, **changed: Tensor) -> Tensor:
    weight = changed.get("weight", case.weight.double())
    bias = changed.get("bias", case.bias.double())
    return torch.nn.functional.cross_entropy(case.X.double() @ weight.T + bias, case.y)


def nothing_else_changes(sub: Submission, case: RegressionCase) -> None:
    """The batch, and whatever else the model holds, are as they were."""
    if sub.run(case).get("kept") is not True:
        raise Violation("X, y or another tensor of the model was changed by manual_backward")


STEP_PROPERTIES = {
    shapes_survive_the_step: "Gradients have the shapes of what they change: (V, I) and (V,).",
    step_is_autograds: "The gradient is (y_hat - onehot(y)) / B, times X for the weight.",
    step_is_the_slope: "Compare your gradient with (loss(w + h) - loss(w - h)) / 2h.",
    nothing_else_changes: "Work on a copy: clone() before changing a batch in place.",
}


def parameters_are_new_objects(sub: Submission, case: RegressionCase) -> None:
    """linear.weight or linear.bias is another object than before."""
    if sub.run(case).get("same") is False:
        raise Violation("after the step, linear.weight or linear.bias is a new object")


def tolerance(case: Any, name: str, expected: Tensor) -> float:
    """Return the rounding that is allowed in an outcome."""
    if isinstance(case, SoftmaxCase):
        return softmax_rounding(case)
    return forward_rounding(case) if name == "probabilities" else step_rounding(case)
