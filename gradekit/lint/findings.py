"""What lint says of a lab: one line per thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Line", "MistakeRow", "Report"]


@dataclass(frozen=True)
class Line:
    """One thing that was looked at. `fine` None: reported, but nothing to mend."""

    name: str
    fine: bool | None
    text: str


@dataclass
class MistakeRow:
    """How one mistake of one part is judged, over all its forms."""

    part: str
    id: str
    forms: int = 0
    caught: int = 0
    named: int = 0
    unseen: int = 0  # forms that no case of this part shows: right by behaviour
    confused: set[str] = field(default_factory=set)


@dataclass
class Report:
    """All lines, and the table of mistakes."""

    lab: str
    lines: list[Line] = field(default_factory=list)
    mistakes: list[MistakeRow] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)

    def add(self, name: str, fine: bool | None, text: str) -> None:
        """Note one thing that was looked at."""
        self.lines.append(Line(name, fine, text))

    @property
    def green(self) -> bool:
        """Whether there is nothing to mend."""
        return all(line.fine is not False for line in self.lines)
