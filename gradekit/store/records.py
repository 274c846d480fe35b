"""The rows of a store, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gradekit.judge.verdict import Verdict
from gradekit.submissions.found import Found

__all__ = [
    "Attempt",
    "Judged",
    "Key",
    "Options",
    "Override",
    "Policy",
    "Regrade",
    "Run",
    "Standing",
]

Policy = Literal["last", "best"]
Regrade = Literal["", "all", "failed", "lab-changed"]


@dataclass(frozen=True)
class Key:
    """What verdicts must have in common to be compared; with the same key they repeat."""

    lab: str
    lab_version: str
    gradekit: str
    seed: int
    device: str = "cpu"


@dataclass(frozen=True)
class Options:
    """What a run was asked for, as far as it decides what is graded and what counts."""

    policy: Policy = "last"
    regrade: Regrade = ""
    isolation: str = "strict"
    path: str = ""  # where the submissions lay; for a person to read


@dataclass(frozen=True)
class Run:
    """One run of `gradekit grade`, over as many starts as it took to finish it."""

    id: int
    key: Key
    fingerprint: str  # of the lab's code
    options: Options
    started: str
    ended: str = ""  # '' while it is not finished


@dataclass(frozen=True)
class Attempt:
    """One state of one student's submission; another byte makes it another attempt."""

    id: int
    student: str
    number: int  # from 1, in the order in which they were first seen
    digest: str
    place: str
    sources: Mapping[str, str]
    problem: str
    handed_in: str  # '' where it is not known
    first_seen: str

    def found(self, student: str = "") -> Found:
        """Return the submission as it was found, under its student's or another name."""
        return Found(student or self.student, self.place, self.sources, self.problem)


@dataclass(frozen=True)
class Judged:
    """A verdict on an attempt, with what it was made by."""

    id: int
    run: Run
    attempt: int
    at: str
    isolation: str
    verdict: Verdict

    @property
    def void(self) -> bool:
        """Whether there is no judgement in it."""
        return self.verdict.status == "void"

    @property
    def lost(self) -> bool:
        """Whether it is void or below full marks."""
        return self.void or self.verdict.score < self.verdict.max_score


@dataclass(frozen=True)
class Override:
    """A person's word on a student's score, which stands until it is withdrawn."""

    id: int
    student: str
    score: float | None  # None: the one before it was withdrawn
    author: str
    reason: str
    at: str


@dataclass(frozen=True)
class Standing:
    """Where a student stands: the attempt that counts, its verdict, and who set the score."""

    attempt: Attempt
    attempts: int  # how many the student has
    judged: Judged
    override: Override | None = None

    @property
    def score(self) -> float | None:
        """The score that counts; None where it is void."""
        if self.override is not None:
            return self.override.score
        return None if self.judged.void else self.judged.verdict.score
