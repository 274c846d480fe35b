"""What holds for every right linear_regression submission.

Inputs are float64, but whoever computes in float32 is right too: tolerances are those of
float32 for sums over n, with what normal equations lose (the square of mean over spread).
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from gradekit.lab.related import CodeFailed, Submission, Violation, close, shape
from gradekit_labs.linear_regression.drives import LineCase, PredictCase, SgdCase

__all__ = ["tolerance"]

EPS = torch.finfo(torch.float32).eps
MARGIN = 16  # between a typical and a worst-case rounding of the sums

NOTHING = "your code failed: it returns nothing, or says that it is not implemented"

Pair = tuple[Tensor, Tensor]


def line_rounding(case: LineCase) -> float:
    """Return what rounding may change in a slope, relative to the size of y over that of x."""
    x, y = case.x, case.y
    spread = float((x - x.mean()).abs().max())
    condition = 1 + (float(x.abs().max()) / spread) ** 2
    size = float(y.abs().max()) * (1 + 1 / spread + float(x.abs().max()) / spread)
    return MARGIN * EPS * case.samples * condition * size


def steps_rounding(case: SgdCase) -> float:
    """Return what rounding may change in w and b after all steps, relative to their size."""
    steps = case.epochs * -(-case.samples // case.batch_size)
    size = 1 + float(case.x.abs().max()) ** 2 + float(case.y.abs().max())
    return MARGIN * EPS * (case.samples + steps) * size


def tolerance(case: Any, name: str, expected: Tensor) -> float:
    """Return the rounding that is allowed in an outcome."""
    size = 1 + float(expected.abs().max())
    if isinstance(case, LineCase):
        return line_rounding(case) * size
    if isinstance(case, SgdCase):
        return steps_rounding(case) * size
    return MARGIN * EPS * size


def _pair(sub: Submission, case: LineCase | SgdCase) -> Pair:
    outcome = sub.run(case)
    if outcome.get("absent") is True:
        raise CodeFailed(NOTHING)
    return shape(outcome.get("w"), (), "w"), shape(outcome.get("b"), (), "b")


# least squares


def gives_a_line(sub: Submission, case: LineCase) -> None:
    """The result is (w, b), two numbers."""
    _pair(sub, case)


def _expected(case: LineCase) -> Pair:
    x, y = case.x, case.y
    away = x - x.mean()
    w = (away * (y - y.mean())).sum() / away.square().sum()
    return w, y.mean() - w * x.mean()


def line_has_the_least_error(sub: Submission, case: LineCase) -> None:
    """The line is the one that the normal equations give."""
    for got, expected, name in zip(_pair(sub, case), _expected(case), "wb", strict=True):
        close(got, expected, name, tolerance(case, name, expected))


def shifting_y_shifts_the_line(sub: Submission, case: LineCase) -> None:
    """Adding 3 to all y adds 3 to b and leaves w."""
    w, b = _pair(sub, case)
    moved = replace(case, y=case.y + 3)
    allowed = line_rounding(case) + line_rounding(moved)
    moved_w, moved_b = _pair(sub, moved)
    close(moved_w, w, "w after adding 3 to y", allowed * (1 + float(w.abs())))
    close(moved_b, b + 3, "b after adding 3 to y", allowed * (4 + float(b.abs())))


def shifting_x_keeps_the_slope(sub: Submission, case: LineCase) -> None:
    """Adding 2 to all x leaves w and takes 2 w off b."""
    w, b = _pair(sub, case)
    moved = replace(case, x=case.x + 2)
    allowed = line_rounding(case) + line_rounding(moved)
    moved_w, moved_b = _pair(sub, moved)
    close(moved_w, w, "w after adding 2 to x", allowed * (1 + float(w.abs())))
    close(moved_b, b - 2 * w, "b after adding 2 to x", 4 * allowed * (1 + float(b.abs())))


def scaling_x_and_y_scales_the_line(sub: Submission, case: LineCase) -> None:
    """Doubling y doubles the line, doubling x halves the slope."""
    w, b = _pair(sub, case)
    doubled = _pair(sub, replace(case, y=2 * case.y))
    allowed = 4 * line_rounding(case) * (1 + float(w.abs()) + float(b.abs()))
    close(doubled[0], 2 * w, "w after doubling y", allowed)
    close(doubled[1], 2 * b, "b after doubling y", allowed)
    wider = _pair(sub, replace(case, x=2 * case.x))
    close(wider[0], w / 2, "w after doubling x", allowed)
    close(wider[1], b, "b after doubling x", allowed)


def line_passes_through_two_points(sub: Submission, case: LineCase) -> None:
    """With two points the line passes through both."""
    two = replace(case, samples=2, x=torch.stack([case.x.min(), case.x.max()]), y=case.y[:2])
    w, b = _pair(sub, two)
    size = 1 + float(w.abs()) * float(two.x.abs().max()) + float(b.abs())
    close(w * two.x + b, two.y, "the line at the two points", line_rounding(two) * size)


def constant_y_gives_a_flat_line(sub: Submission, case: LineCase) -> None:
    """Where all y are alike, w is 0 and b is that number."""
    flat = replace(case, y=torch.full_like(case.y, 2.5))
    w, b = _pair(sub, flat)
    close(w, torch.zeros_like(w), "w for constant y", line_rounding(flat))
    close(b, torch.full_like(b, 2.5), "b for constant y", 4 * line_rounding(flat))


def points_stay_as_they_are(sub: Submission, case: LineCase | SgdCase) -> None:
    """Neither x nor y is changed."""
    gives_a_line(sub, case) if isinstance(case, LineCase) else gives_w_and_b(sub, case)
    if sub.run(case).get("kept") is not True:
        raise Violation("x or y was changed in place")


LINE_PROPERTIES = {
    gives_a_line: "return w, b",
    line_has_the_least_error: "w = cov(x, y) / var(x), b = mean(y) - w mean(x).",
    shifting_y_shifts_the_line: "Without a column of ones there is no intercept.",
    shifting_x_keeps_the_slope: "Without a column of ones there is no intercept.",
    scaling_x_and_y_scales_the_line: "The closed form is linear in y.",
    line_passes_through_two_points: "The closed form has two unknowns, w and b.",
    constant_y_gives_a_flat_line: "b = mean(y) - w mean(x).",
    points_stay_as_they_are: "Work on a copy: x = x - x.mean() instead of x -= x.mean().",
}


def sgd_does_the_work(sub: Submission, case: LineCase) -> None:
    """fit_least_squares leaves the work to fit_sgd, or is not there."""
    outcome = sub.run(case)
    if outcome.get("absent") is True and outcome.get("other_there") is True:
        raise Violation("fit_least_squares returns nothing, or says that it is not implemented")
    if outcome.get("other") is True:
        raise Violation("fit_least_squares calls fit_sgd instead of solving the normal equations")


# stochastic gradient descent


def gives_w_and_b(sub: Submission, case: SgdCase) -> None:
    """The result is (w, b), two numbers."""
    if case.kind == "order":
        _runs(sub, case)
    else:
        _pair(sub, case)


def one_batch_is_one_gradient_step(sub: Submission, case: SgdCase) -> None:
    """One epoch with a single batch is one gradient step from w = b = 0."""
    if case.kind != "whole":
        return
    once = replace(case, epochs=1)
    error = -case.y
    expected = (-case.lr * (error * case.x).mean(), -case.lr * error.mean())
    for got, wanted, name in zip(_pair(sub, once), expected, "wb", strict=True):
        close(got, wanted, name, steps_rounding(once) * (1 + float(wanted.abs())))


def batches_count_by_their_own_size(sub: Submission, case: SgdCase) -> None:
    """Each batch's gradient is a mean over that batch; a short last batch counts too."""
    if case.kind != "alike":
        return
    w, b, x, y = 0.0, 0.0, float(case.x[0]), float(case.y[0])
    for _ in range(case.epochs * -(-case.samples // case.batch_size)):
        error = w * x + b - y
        w, b = w - case.lr * error * x, b - case.lr * error
    got_w, got_b = _pair(sub, case)
    allowed = steps_rounding(case) * (1 + abs(w) + abs(b))
    close(got_w, torch.tensor(w, dtype=torch.float64), "w", allowed)
    close(got_b, torch.tensor(b, dtype=torch.float64), "b", allowed)


def sgd_approaches_least_squares(sub: Submission, case: SgdCase) -> None:
    """After many epochs with all samples in one batch, the line is that of least squares."""
    if case.kind != "whole":
        return
    curvature = torch.linalg.eigvalsh(_gram(case.x))
    rate, epochs = 1 / float(curvature[-1]), 600
    left = (1 - rate * float(curvature[0])) ** epochs  # of the distance at the start
    w, b = _pair(sub, replace(case, lr=rate, epochs=epochs))
    away = case.x - case.x.mean()
    best_w = (away * case.y).sum() / away.square().sum()
    best_b = case.y.mean() - best_w * case.x.mean()
    size = 1 + float(best_w.abs() + best_b.abs())
    allowed = left * size + steps_rounding(case) * size * 10
    close(w, best_w, "w after many epochs", allowed)
    close(b, best_b, "b after many epochs", allowed)


def _gram(x: Tensor) -> Tensor:
    design = torch.stack([x, torch.ones_like(x)], 1)
    return design.T @ design / len(x)


def small_steps_lower_the_loss(sub: Submission, case: SgdCase) -> None:
    """With a small learning rate the loss does not rise from epoch to epoch."""
    if case.kind != "whole":
        return
    rate = 0.05 / float(torch.linalg.eigvalsh(_gram(case.x))[-1])
    losses = []
    for epochs in (1, 3, 6):
        w, b = _pair(sub, replace(case, lr=rate, epochs=epochs))
        losses.append(float(((w * case.x + b - case.y) ** 2).mean() / 2))
    start = float((case.y**2).mean() / 2)
    for before, after in itertools.pairwise([start, *losses]):
        if not after <= before * (1 + 1e-5):
            raise Violation(f"with lr={rate:.3g} the loss rises from {before:.4g} to {after:.4g}")


# the order


Runs = list[tuple[tuple[float, ...], ...]]


def _runs(sub: Submission, case: SgdCase) -> Runs:
    """Return (w, b) after one epoch, after two, and after two again, for each seed."""
    outcome = sub.run(case)
    runs = outcome.get("runs")
    if outcome.get("absent") is True:
        raise CodeFailed(NOTHING)
    found = list(runs) if isinstance(runs, tuple) else []
    for run in found:
        pairs = run if isinstance(run, tuple) else ()
        if len(pairs) != 3 or any(not isinstance(p, tuple) or len(p) != 2 for p in pairs):
            raise CodeFailed("your code failed: fit_sgd does not return two numbers")
    return found


@lru_cache(maxsize=64)
def _paths(points: tuple[tuple[float, float], ...], lr: float, epochs: int) -> Tensor:
    """Return (w, b) after epochs in one and the same order, for each rule and order.

    Batches hold one sample, so the rules differ in factor, sign, bias and sequence alone.
    Shapes: (rules, orders, 2); the first rule is the right one.
    """
    data = torch.tensor(points, dtype=torch.float64)
    orders = torch.tensor(list(itertools.permutations(range(len(points)))))
    found = []
    for sequential, bias, factor in itertools.product((0.0, 1.0), (1.0, 0.0), (1.0, 2.0)):
        for sign_w, sign_b in ((1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0)):
            w, b = torch.zeros(2, len(orders), dtype=torch.float64)
            for place in [*range(len(points))] * epochs:
                x, y = data[orders[:, place]].unbind(1)
                new_w = w - lr * factor * sign_w * (w * x + b - y) * x
                seen = sequential * new_w + (1 - sequential) * w
                b = b - bias * lr * factor * sign_b * (seen * x + b - y)
                w = new_w
            found.append(torch.stack([w, b], -1))
    return torch.stack(found)


def _matches(case: SgdCase, epochs: int, result: tuple[float, ...]) -> Tensor:
    """Tell for each rule and order whether it leads to the result. Shapes: (rules, orders)."""
    points = tuple(zip(case.x.tolist(), case.y.tolist(), strict=True))
    paths = _paths(points, case.lr, epochs)
    allowed = steps_rounding(case) * (1 + paths.abs().amax(-1))
    gap = (paths - torch.tensor(result, dtype=torch.float64)).abs().amax(-1)
    return gap <= allowed


def every_sample_counts_once_per_epoch(sub: Submission, case: SgdCase) -> None:
    """One epoch visits every sample once, whatever the order."""
    if case.kind != "order":
        return
    for once, _, _ in _runs(sub, case):
        if not bool(_matches(case, 1, once)[0].any()):
            raise Violation(
                f"no order of the {case.samples} samples leads to w={once[0]:.5g}, b={once[1]:.5g}"
                " after one epoch"
            )


def order_comes_from_rng(sub: Submission, case: SgdCase) -> None:
    """The same rng gives the same result, another one another order."""
    if case.kind != "order":
        return
    runs = _runs(sub, case)
    if any(two != again for _, two, again in runs):
        raise Violation("the same rng gives two different results: the order comes from elsewhere")
    if len({two for _, two, _ in runs}) == 1:
        raise Violation(f"{len(runs)} generators with different seeds give the same result")


def order_changes_every_epoch(sub: Submission, case: SgdCase) -> None:
    """Each epoch has an order of its own."""
    if case.kind == "order" and bool(_repeated(case, _runs(sub, case))[0]):
        raise Violation("both epochs have the same order, whatever the seed")


def _repeated(case: SgdCase, runs: Runs) -> Tensor:
    """Tell for each rule whether both epochs have one order in every run.

    A right submission draws the same order twice with probability 1/n! in each run: with five
    samples and four runs, less than 1e-8.
    """
    return torch.stack([_matches(case, 2, two).any(1) for _, two, _ in runs]).all(0)


def same_order_every_epoch(sub: Submission, case: SgdCase) -> None:
    """Both epochs have the same order, or rng has no say at all."""
    if case.kind != "order":
        return
    runs = _runs(sub, case)
    if bool(_repeated(case, runs).any()):
        raise Violation(
            f"with {len(runs)} seeds of rng, both epochs went through the samples in one order"
        )
    known = any(bool(_matches(case, 1, once).any()) for once, _, _ in runs)
    alike = len({two for _, two, _ in runs}) == 1 and all(two == a for _, two, a in runs)
    alike = alike and any(once != two for once, two, _ in runs)  # epochs do something
    if not known and alike and sub.run(case).get("drawn") is False:
        raise Violation(f"nothing is drawn from rng; {len(runs)} seeds give the same result")


def least_squares_does_the_work(sub: Submission, case: SgdCase) -> None:
    """The result is that of least squares, however few the epochs, or there is none."""
    outcome = sub.run(case)
    if outcome.get("absent") is True and outcome.get("other_there") is True:
        raise Violation("fit_sgd returns nothing, or says that it is not implemented")
    if case.kind != "order":
        return
    away = case.x - case.x.mean()
    best_w = float((away * case.y).sum() / away.square().sum())
    best_b = float(case.y.mean()) - best_w * float(case.x.mean())
    for once, _, _ in _runs(sub, case):
        apart = abs(once[0] - best_w) + abs(once[1] - best_b)
        if not apart <= steps_rounding(case) * (1 + abs(best_w) + abs(best_b)):
            return
    raise Violation("after a single epoch the result is exactly that of least squares")


SGD_PROPERTIES = {
    gives_w_and_b: "return w, b",
    one_batch_is_one_gradient_step: "The gradients are mean(error * x) and mean(error).",
    batches_count_by_their_own_size: "Divide by len(batch), and keep the short last batch.",
    sgd_approaches_least_squares: "Compare with fit_least_squares on the same points.",
    small_steps_lower_the_loss: "Descent subtracts lr times the gradient.",
    every_sample_counts_once_per_epoch: "order = rng.permutation(n), then slices of order.",
    order_comes_from_rng: "Draw the order from the rng that is passed in.",
    order_changes_every_epoch: "Draw a new order inside the loop over epochs.",
    points_stay_as_they_are: "Shuffle an index array, not x and y themselves.",
}


# prediction


def one_value_per_point(sub: Submission, case: PredictCase) -> None:
    """There is one value per x: (n,) gives (n,)."""
    shape(sub.run(case).get("values"), tuple(case.x.shape), "predict(x, w, b)")


def values_lie_on_the_line(sub: Submission, case: PredictCase) -> None:
    """The values are w x + b."""
    expected = case.line[0] * case.x + case.line[1]
    close(sub.run(case).get("values"), expected, "predict(x, w, b)", tolerance(case, "", expected))


def x_stays_as_it_is(sub: Submission, case: PredictCase) -> None:
    """The points are not changed."""
    if sub.run(case).get("kept") is not True:
        raise Violation("x was changed in place")


PREDICT_PROPERTIES = {
    one_value_per_point: "return w * x + b",
    values_lie_on_the_line: "return w * x + b",
    x_stays_as_it_is: "Return a new array: w * x + b instead of x *= w.",
}
