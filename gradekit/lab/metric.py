"""A metric on data that a submission has not seen, after a short training run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradekit.lab.related import Outcome

__all__ = ["Metric"]


@dataclass(frozen=True)
class Metric:
    """Train the submission by the lab's own loop and measure what it predicts.

    `data()` returns a case (what the submission may see) and the truth, which stays with the
    judge. `drive(module, case)` trains and predicts; `measure(truth, outcome)` is the metric.
    The range ends a quarter of the way from `trivial(truth)`, the value of an answer that learned
    nothing, to the reference's: right code in another parametrisation learns at another pace.
    """

    name: str
    unit: str
    part: str  # which loses points where the metric is out of range and nothing explains it
    points: float
    data: Callable[[], tuple[Any, Any]]
    drive: Callable[[Any, Any], dict[str, Any]]
    measure: Callable[[Any, Outcome], float]
    trivial: Callable[[Any], float]
    called_as: str = ""  # the part whose calling convention the loop follows; `part` where empty
    id: str = "metric-out-of-range"
