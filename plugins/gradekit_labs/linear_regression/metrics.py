"""The metric of linear_regression: the test error on the diabetes data."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from gradekit.lab import Metric
from gradekit_labs.data import diabetes
from gradekit_labs.linear_regression.training import FitCase, run_fit

__all__ = ["METRICS"]


def data() -> tuple[FitCase, Tensor]:
    """Return the case and the truth."""
    x, y, test, truth = diabetes()
    return FitCase(x, y, test), truth


def error_of(method: str) -> Any:
    """Return the mean squared error of one method's predictions."""

    def measure(truth: Tensor, outcome: Any) -> float:
        return float((outcome[method].double().reshape(-1) - truth).square().mean())

    return measure


def error_of_the_mean(truth: Tensor) -> float:
    """Return the error of whoever always predicts the mean of y, which is 0."""
    return float(truth.square().mean())


METRICS = tuple(
    Metric(
        f"test error of {words}",
        "",
        part,
        5,
        data=data,
        drive=run_fit,
        measure=error_of(part),
        trivial=error_of_the_mean,
    )
    for part, words in (("least_squares", "least squares"), ("sgd", "SGD"))
)
