"""A graded batch: the lab, the verdicts in order, and what repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.store.records import Override

__all__ = ["Batch"]


@dataclass(frozen=True)
class Batch:
    """All verdicts on one lab, in order of the students' names."""

    lab: Lab
    verdicts: tuple[Verdict, ...]
    seed: int
    version: str  # of gradekit
    isolation: str = "strict"  # the weakest under which one of them was made
    attempts: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # student -> which of
    overrides: Mapping[str, Override] = field(default_factory=dict)  # student -> a person's word

    @property
    def graded(self) -> list[Verdict]:
        """The verdicts that are not void."""
        return [verdict for verdict in self.verdicts if verdict.status == "graded"]

    def score(self, verdict: Verdict) -> float | None:
        """Return the score that counts: a person's, or the verdict's; None where it is void."""
        override = self.overrides.get(verdict.student)
        if override is not None:
            return override.score
        return None if verdict.status == "void" else verdict.score

    def attempt(self, verdict: Verdict) -> tuple[int, int]:
        """Return which of the student's attempts counts, and how many there are."""
        return self.attempts.get(verdict.student, (1, 1))

    def common_mistakes(self) -> list[tuple[str, int]]:
        """Return the named mistakes with how many students made them, most common first."""
        counts: Counter[str] = Counter()
        for verdict in self.verdicts:
            counts.update({d.mistake for d in verdict.deductions if d.mistake})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
