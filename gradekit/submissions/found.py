"""One submission as it was found: whose it is, its sources, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Found"]


@dataclass(frozen=True)
class Found:
    """A student's submission of one lab.

    sources: file name -> text, under the names that the lab asks for. problem: why it can't be
    graded, in words for the student; then sources hold what there is, under its own names.
    """

    student: str
    place: str  # where it was found, for the reader
    sources: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    handed_in: float | None = field(default=None, compare=False)  # seconds since 1970
