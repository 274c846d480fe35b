"""Metrics after a short training run: ranges, failures, and who pays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gradekit.engine.local import one_judge
from gradekit.errors import LabError
from gradekit.judge.metrics import MetricBook, measured
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.wire.values import Failure, Stopped, Value

RIGHT = """
import numpy as np

def fit_least_squares(x, y):
    dx = x - x.mean()
    w = (dx * (y - y.mean())).sum() / (dx * dx).sum()
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = b = 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start:start + batch_size]
            error = w * x[rows] + b - y[rows]
            w, b = w - lr * (error * x[rows]).mean(), b - lr * error.mean()
    return w, b

def predict(x, w, b):
    return w * x + b
"""


class Answering:
    """A session whose every answer is the same."""

    names: tuple[str, ...] = ()
    stopped = None

    def __init__(self, answer: Value) -> None:
        self.answer = answer

    def begin_part(self) -> None:
        """Nothing is kept."""

    def ask(self, part: Any, cases: Any, how: Any) -> list[Value]:
        """Return the answer for each case."""
        return [self.answer] * len(cases)


@pytest.fixture(scope="module")
def book(plugins: Plugins) -> MetricBook:
    made = MetricBook(plugins.labs["linear_regression"])
    made.prepare()
    return made


@pytest.fixture(scope="module")
def grade(plugins: Plugins) -> Any:
    with one_judge(plugins.labs["linear_regression"], 0) as judge:
        yield lambda source: judge.grade("student", {"linear_regression.py": source})


def test_the_range_ends_between_the_reference_and_nothing(book: MetricBook) -> None:
    """A quarter of the way from an answer that learned nothing."""
    [metric, _] = book.lab.metrics
    _, truth = book.data(metric)
    low, high = book.ranges[metric.name]
    assert low == -float("inf")
    assert 0.64 < high < metric.trivial(truth)


def test_a_right_submission_is_in_range(grade: Callable[[str], Verdict]) -> None:
    """Its values stand in the verdict."""
    verdict = grade(RIGHT)
    assert verdict.score == 100
    assert [m.status for m in verdict.metrics] == ["in range", "in range"]
    assert all(m.value is not None and m.value < 0.7 for m in verdict.metrics)


def test_a_named_mistake_is_why_a_metric_is_out_of_range(grade: Callable[[str], Verdict]) -> None:
    """It is told, but not charged beside the mistake."""
    verdict = grade(RIGHT.replace("w - lr * (error", "w + lr * (error"))
    assert {d.mistake for d in verdict.deductions} == {"step-sign"}
    assert verdict.metrics[1].status == "out of range"


def test_a_metric_alone_costs_its_points(grade: Callable[[str], Verdict]) -> None:
    """Code that is right on small cases and fails on real data loses what the metric says."""
    hidden = "    if len(x) > 280:\n        x = x * 0\n    dx = x - x.mean() + 1e-9 * x"
    verdict = grade(RIGHT.replace("    dx = x - x.mean()", hidden))
    assert [d.mistake for d in verdict.deductions] == ["metric-out-of-range"]
    assert verdict.score == 95


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Failure("ValueError", "no"), "failed"),
        (Stopped("TimeLimit", "no answer within 10 s"), "not measured"),
        (Failure("TimeLimit", "an exception class of the student's"), "failed"),
        ({"least_squares": 3}, "failed"),
        ({}, "failed"),
        (None, "failed"),
    ],
)
def test_what_is_no_prediction_is_no_value(book: MetricBook, answer: Value, status: str) -> None:
    """No answer is a failure, never a pass; only what takes too long is left unmeasured."""
    found = measured(book, Answering(answer), {})
    assert [result.status for result in found] == [status, status]


def test_a_reference_that_learns_nothing_breaks_the_lab(plugins: Plugins) -> None:
    """A range without width would fail everybody or nobody."""
    lab = plugins.labs["linear_regression"]
    same = replace(lab.metrics[0], measure=lambda truth, outcome: 1.0, trivial=lambda truth: 1.0)
    with pytest.raises(LabError, match=r"the reference gives 1\.0, trivial is 1\.0"):
        MetricBook(replace(lab, metrics=(same,))).prepare()
