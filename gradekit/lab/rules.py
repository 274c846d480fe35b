"""What a course forbids beyond behaviour, as frozen data; the judge reads the source."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Forbid", "Imports", "OnlyInTodo"]


@dataclass(frozen=True)
class Forbid:
    """Functions and classes that must not be used, whichever way they are reached.

    `names` are full dotted names ('torch.nn.GRU'); `operations` are what torch itself reports
    when one of them runs ('aten::gru'), which no alias can hide.
    """

    names: tuple[str, ...]
    operations: tuple[str, ...]
    part: str  # the part that loses points
    points: float
    reason: str
    within: tuple[str, ...] = ()  # entry points from which a use counts; all parts' where empty
    id: str = "forbidden-call"


@dataclass(frozen=True)
class Imports:
    """Only these modules may be imported, their submodules included.

    The template's own imports, torch, numpy, math and typing are always free.
    """

    points: float
    free: tuple[str, ...] = ()
    id: str = "import-added"


@dataclass(frozen=True)
class OnlyInTodo:
    """Outside the template's TODO regions the template's code must stand as it was.

    Applies to submissions that keep the template's TODO marks; comments, docstrings, prints,
    formatting and added helpers are free.
    """

    points: float
    id: str = "template-changed"
