"""Lab and part: the values that a plugin's `gradekit_labs` hook returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradekit.lab.checks import Convention, Cost, Free, Gradients, Mistake, Property, Symptom
from gradekit.lab.metric import Metric
from gradekit.lab.rules import Forbid, Imports, OnlyInTodo

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy
    from torch import Tensor

__all__ = ["Lab", "Part"]

Tolerance = Callable[[Any, str, "Tensor"], "float | Tensor"]


@dataclass(frozen=True)
class Part:
    """One question of a lab.

    `drive(module, case)` exercises the submission and returns an outcome, a mapping of names to
    tensors, numbers and text. With `build(module, case)`, the drive gets what that returns
    instead of the module. Drive, build and case class are defined in a module that imports
    neither the reference nor the mistakes: the process with student code imports it.
    """

    name: str
    points: float
    drive: Callable[[Any, Any], dict[str, Any]]
    cases: SearchStrategy[Any]
    reference: type  # an instance stands in for the submission's module
    requires: tuple[str, ...]  # names that the submission must define
    tolerance: Tolerance  # (case, outcome name, expected) -> the rounding that is allowed
    variants: tuple[type, ...] = ()  # legitimate variants of the reference, as mix-ins
    title: str = ""
    examples: tuple[Any, ...] = ()  # cases that are always among those tried
    case_count: int = 12
    build: Callable[[Any, Any], Any] | None = None
    weights: Free | None = None  # None: the drive sets the weights by their fixed names
    quick: Callable[[Any], Any] | None = None  # a case with fewer outcomes, for searching only
    conventions: tuple[Convention, ...] = (Convention(""),)
    properties: tuple[Property, ...] = ()
    gradients: Gradients | None = None
    mistakes: tuple[Mistake, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    costs: tuple[Cost, ...] = ()
    absent: str = ""  # id of the symptom that a submission without `requires` has

    def home(self, convention: str) -> str:
        """Return the convention under which the reference answers for a submission's."""
        for known in self.conventions:
            if known.name == convention and known.reference:
                return known.reference
        return self.conventions[0].name


@dataclass(frozen=True)
class Lab:
    """A lab: what is handed in, how it is asked and what it is worth."""

    name: str
    title: str
    files: tuple[str, ...]
    parts: tuple[Part, ...]
    template: Path  # the folder with the files as students get them
    rules: tuple[Forbid | Imports | OnlyInTodo, ...] = ()
    metrics: tuple[Metric, ...] = ()
    attempt_credit: float = 0.1  # share of all points for a real attempt that can't be run
    version: str = "1"

    @property
    def max_score(self) -> float:
        """The sum of the parts' points."""
        return sum(part.points for part in self.parts)

    def part(self, name: str) -> Part:
        """Return the part of that name; KeyError where there is none."""
        return {part.name: part for part in self.parts}[name]
