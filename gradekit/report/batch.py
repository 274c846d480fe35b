"""A graded batch: the lab, the verdicts in order, and what repeats them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab

__all__ = ["Batch"]


@dataclass(frozen=True)
class Batch:
    """All verdicts on one lab, in order of the students' names."""

    lab: Lab
    verdicts: tuple[Verdict, ...]
    seed: int
    version: str  # of gradekit

    @property
    def graded(self) -> list[Verdict]:
        """The verdicts that are not void."""
        return [verdict for verdict in self.verdicts if verdict.status == "graded"]

    def common_mistakes(self) -> list[tuple[str, int]]:
        """Return the named mistakes with how many students made them, most common first."""
        counts: Counter[str] = Counter()
        for verdict in self.verdicts:
            counts.update({d.mistake for d in verdict.deductions if d.mistake})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
