"""What judging a part finds, before it is scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gradekit.judge.properties import Broken

__all__ = ["Explanation", "Finding", "PartFindings"]


@dataclass(frozen=True)
class Finding:
    """A named mistake or symptom with its proof."""

    id: str
    points: float
    reason: str
    proof: str
    hint: str = ""
    explains: tuple[str, ...] = ()  # properties that fail because of it
    also: tuple[str, ...] = ()  # other ids that could not be told apart
    case: Any = None  # a case on which it shows


@dataclass(frozen=True)
class Explanation:
    """The smallest set of mistakes that reproduces a submission, or why there is none."""

    findings: tuple[Finding, ...] = ()
    agrees: bool = False  # equal to the reference, or to a variant of it with these findings
    aligned: bool = True  # False: could not be compared with the reference at all
    disagreement: str = ""  # the greatest difference from the reference
    case: Any = None
    explained: frozenset[str] = frozenset()  # properties that the variant breaks as well


@dataclass
class PartFindings:
    """All that was found in one part."""

    part: str
    missing: str = ""  # the part can't be driven at all, and why
    broken: dict[str, Broken] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    disagreement: Broken | None = None  # an unexplained disagreement with the reference
    unexplained: dict[str, Broken] = field(default_factory=dict)
    convention: str = ""
    review: str = ""  # why a person should look
    cases: int = 0
    comparable: bool = True  # whether the reference's outcomes hold anything to compare
    compared: bool = False  # whether outcomes could be held against the reference's
    difference: str = ""  # what the greatest difference was, if any
    ignored: tuple[str, ...] = ()  # inputs that the answer does not depend on
    inputs: int = 0  # how many the reference's answer depends on
    stopped: bool = False  # it ran out of time or runners: nothing more is asked of it

    @property
    def wrong(self) -> bool:
        """Whether anything was found that costs points."""
        return bool(self.missing or self.findings or self.unexplained or self.disagreement)
