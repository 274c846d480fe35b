"""changes.md: what a run of a batch changed against the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gradekit.report.table import plural, points
from gradekit.report.write import write_whole
from gradekit.store.changes import Change
from gradekit.text import cut, markdown

__all__ = ["head", "lines", "write_changes"]


def head(changes: Sequence[Change]) -> str:
    """Return how many students the changes are about."""
    return f"{plural(len(changes), 'student')} with changes" if changes else "no result changed"


def lines(changes: Sequence[Change]) -> list[str]:
    """Return the changes for a terminal, one line each."""
    return [f"{cut(one.student, 60)}: {_move(one)}{_why(one)}" for one in changes]


def _why(change: Change) -> str:
    return f" ({cut('; '.join(change.reasons), 300)})" if change.reasons else ""


def _move(change: Change) -> str:
    if change.first:
        return f"new, {_score(change.new)}"
    if change.old == change.new:
        return f"{_score(change.new)} as before"
    return f"{_score(change.old)} -> {_score(change.new)}"


def _score(value: float | None) -> str:
    return "void" if value is None else points(value)


def write_changes(
    out: Path, title: str, since: int, why: Sequence[str], changes: Sequence[Change]
) -> str:
    """Write changes.md and return its name; `since` is the number of the run before."""
    text = [f"# {title}: changes since run {since}", ""]
    text += [f"- {markdown(line)}" for line in why]
    text += [f"- {head(changes)}", ""]
    if changes:
        text += ["| student | before | now | why |", "|---|---|---|---|"]
    for one in changes:
        before = "" if one.first else _score(one.old)
        reasons = markdown("; ".join(one.reasons), 600) if not one.first else "new"
        text.append(f"| {markdown(one.student, 100)} | {before} | {_score(one.new)} | {reasons} |")
    write_whole(out / "changes.md", "\n".join([*text, ""]))
    return "changes.md"
