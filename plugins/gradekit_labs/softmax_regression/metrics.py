"""The metric of softmax_regression: the test accuracy on images of digits."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from gradekit.lab import Metric
from gradekit_labs.data import digits
from gradekit_labs.softmax_regression.training import DigitsCase, run_training

__all__ = ["METRICS"]


def data() -> tuple[DigitsCase, Tensor]:
    """Return the case and the truth."""
    X, y, test, truth = digits()
    return DigitsCase(X, y, test), truth


def accuracy(truth: Tensor, outcome: Any) -> float:
    """Return the share of test images that are named rightly."""
    chosen = outcome["probabilities"].argmax(1)
    return float((chosen == truth).double().mean())


def most_frequent(truth: Tensor) -> float:
    """Return the accuracy of whoever always names the most frequent digit."""
    return float(truth.bincount().max() / len(truth))


METRICS = (
    Metric(
        "test accuracy",
        "",
        "manual_backward",
        5,
        data=data,
        drive=run_training,
        measure=accuracy,
        trivial=most_frequent,
    ),
)
