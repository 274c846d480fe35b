"""All that is decided about one submission, as frozen data that reports and stores read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["Deduction", "MetricResult", "PartVerdict", "PropertyResult", "Verdict"]


class PropertyResult(Struct, frozen=True):
    """One property as the student sees it."""

    name: str
    title: str
    status: Literal["passed", "failed", "unchecked"]
    message: str = ""  # what was seen, with the smallest failing case
    hint: str = ""
    replay: str = ""  # the id for `gradekit replay`


class Deduction(Struct, frozen=True):
    """Points lost, with the reason and the proof."""

    mistake: str | None  # an id of the lab; None where no model explains the failure
    part: str
    points: float
    reason: str
    proof: str
    hint: str = ""
    replay: str = ""
    also: tuple[str, ...] = ()  # ids that could not be told apart from this one


class MetricResult(Struct, frozen=True):
    """A metric on data that the submission has not seen, after a short training run."""

    name: str
    unit: str
    status: Literal["in range", "out of range", "failed", "not measured"]
    value: float | None = None  # None where it is not finite, or training failed
    low: float | None = None  # None: no lower end
    high: float | None = None
    message: str = ""  # why it failed


class PartVerdict(Struct, frozen=True):
    """One part's share of the verdict."""

    name: str
    title: str
    score: float
    max_score: float
    properties: tuple[PropertyResult, ...]


class Verdict(Struct, frozen=True):
    """The result of one submission; `score` is the sum of its parts, raised to `floor`."""

    student: str
    status: Literal["graded", "void"]
    score: float
    max_score: float
    parts: tuple[PartVerdict, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    metrics: tuple[MetricResult, ...] = ()
    floor: float = 0.0  # the attempt credit, where the score would be below it
    review: tuple[str, ...] = ()  # why a person should look at it
    reason: str = ""  # why it is void
    printed: str = ""  # the start of what the submission printed
    seconds: float = 0.0
