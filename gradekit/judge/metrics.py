"""Measure a trained submission against a range that the reference sets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from gradekit.errors import LabError
from gradekit.judge.session import Ask, Conversation
from gradekit.judge.verdict import MetricResult
from gradekit.lab import Lab, Metric, Part
from gradekit.wire.values import Failure, Stopped, Value

LEARNED = 0.25  # of the way from an answer that learned nothing to the reference's

__all__ = ["MetricBook", "explained", "measured"]


@dataclass
class MetricBook:
    """What a batch shares: each metric's case and truth, and the range of right values."""

    lab: Lab
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    cases: dict[Callable[..., Any], tuple[Any, Any]] = field(default_factory=dict)

    def prepare(self) -> None:
        """Train the reference, and place the end of each range between it and knowing nothing.

        Raises: LabError when the reference can't be trained, or learns nothing.
        """
        answers: dict[Callable[..., Any], Any] = {}
        for metric in self.lab.metrics:
            case, truth = self.data(metric)
            if metric.drive not in answers:
                answers[metric.drive] = self._reference(metric, case)
            value = metric.measure(truth, answers[metric.drive])
            trivial = metric.trivial(truth)
            if not math.isfinite(value) or value == trivial:
                text = f"metric {metric.name!r}: the reference gives {value}, trivial is {trivial}"
                raise LabError(text)
            end = trivial + LEARNED * (value - trivial)
            low, high = (end, math.inf) if value > trivial else (-math.inf, end)
            self.ranges[metric.name] = low, high

    def data(self, metric: Metric) -> tuple[Any, Any]:
        """Return a metric's case and truth, made once."""
        if metric.data not in self.cases:
            self.cases[metric.data] = metric.data()
        return self.cases[metric.data]

    def _reference(self, metric: Metric, case: Any) -> Any:
        before = torch.get_default_dtype()
        torch.default_generator.manual_seed(0)
        try:
            return metric.drive(self.lab.part(metric.part).reference(), case)
        except Exception as error:
            raise LabError(f"metric {metric.name!r}: {type(error).__name__}: {error}") from error
        finally:
            torch.set_default_dtype(before)


def measured(
    book: MetricBook, session: Conversation, conventions: Mapping[str, str]
) -> list[MetricResult]:
    """Return the lab's metrics for a submission; one training run serves all that share it."""
    answers: dict[Callable[..., Any], Value] = {}
    results = []
    for metric in book.lab.metrics:
        case, truth = book.data(metric)
        if metric.drive not in answers:
            answers[metric.drive] = _answer(book.lab, metric, case, session, conventions)
        results.append(_result(book, metric, truth, answers[metric.drive]))
    return results


def _answer(
    lab: Lab, metric: Metric, case: Any, session: Conversation, conventions: Mapping[str, str]
) -> Value:
    part: Part = replace(lab.part(metric.part), drive=metric.drive, build=None, weights=None)
    convention = conventions.get(metric.called_as or metric.part, "")
    if convention and hasattr(case, "convention"):
        case = replace(case, convention=convention)
    session.begin_part()
    answers: Sequence[Value] = session.ask(part, [case], Ask())
    return answers[0]


def _result(book: MetricBook, metric: Metric, truth: Any, answer: Value) -> MetricResult:
    low, high = book.ranges[metric.name]
    if isinstance(answer, Stopped) and answer.kind == "TimeLimit":
        text = f"training took too long to be measured ({answer.message}); this costs nothing"
        return MetricResult(metric.name, metric.unit, "not measured", message=text)
    if isinstance(answer, Failure) or not isinstance(answer, Mapping):
        return MetricResult(metric.name, metric.unit, "failed", message=str(answer)[:500])
    try:
        value = float(metric.measure(truth, answer))
    except (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        return MetricResult(metric.name, metric.unit, "failed", message=str(error)[:500])
    ends = _finite(value), _finite(low), _finite(high)
    if low <= value <= high:
        return MetricResult(metric.name, metric.unit, "in range", *ends)
    return MetricResult(metric.name, metric.unit, "out of range", *ends)


def explained(result: MetricResult) -> tuple[str, str]:
    """Return a reason and a proof for a metric that is not in range."""
    if result.status == "failed":
        return f"Training for the metric {result.name!r} fails.", result.message
    ends = [f"at least {result.low:g}"] if result.low is not None else []
    ends += [f"at most {result.high:g}"] if result.high is not None else []
    value = "not a number" if result.value is None else f"{result.value:g}{result.unit}"
    reason = f"After the lab's short training run, the {result.name} is out of range."
    return reason, f"{result.name} {value}, expected {' and '.join(ends)}{result.unit}"


def _finite(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
