"""A lab's page: what is handed in, what is checked and what it costs, from the lab itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradekit.lab import Forbid, Imports, Lab, Mistake, OnlyInTodo, Part, Symptom
from gradekit.report.table import points

__all__ = ["lab_page", "named", "rule_line"]


def lab_page(lab: Lab) -> str:
    """Return the lab's page as Markdown."""
    lines = [f"# {lab.name}: {lab.title}", ""]
    lines += [
        f"Hand in `{'`, `'.join(lab.files)}`, worth {points(lab.max_score)} points.",
        "Start from the lab's template, and check a file before you hand it in:",
        "",
        "```text",
        f"gradekit check {lab.name} {lab.files[0]}",
        "```",
        "",
        "| part | points | defines |",
        "|---|---|---|",
    ]
    lines += [
        f"| {part.title or part.name} (`{part.name}`) | {points(part.points)} |"
        f" `{'`, `'.join(part.requires)}` |"
        for part in lab.parts
    ]
    for part in lab.parts:
        lines += ["", *_part(part)]
    lines += ["", "## Rules", ""]
    lines += [f"- {rule_line(rule)}" for rule in lab.rules]
    credit = points(lab.attempt_credit * lab.max_score)
    lines.append(f"- A real attempt gets at least {credit} points, even if it can't be run.")
    if lab.metrics:
        lines += ["", "## After a short training run", ""]
        lines += [
            f"- **{metric.name}**: costs {points(metric.points)} points in `{metric.part}` where it"
            f" is out of range and nothing else explains that (`{metric.id}`)"
            for metric in lab.metrics
        ]
    return "\n".join([*lines, ""])


def _part(part: Part) -> Iterable[str]:
    yield f"## {part.title or part.name}"
    yield ""
    yield f"`{part.name}`, {points(part.points)} points. What must hold:"
    yield ""
    yield from _table(
        ("property", "what it says", "if it fails"),
        [(f"`{p.name}`", p.title, p.hint) for p in part.properties],
    )
    known = named(part)
    if known:
        yield ""
        yield "Mistakes that are known by name:"
        yield ""
        yield from _table(
            ("mistake", "points", "what was done", "what to do"),
            [(f"`{m.id}`", points(m.points), m.reason, m.hint) for m in known],
        )


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(headers)} |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def named(part: Part) -> list[Mistake | Symptom]:
    """Return all that a part can name, each id once, in order."""
    found: dict[str, Mistake | Symptom] = {mistake.id: mistake for mistake in part.mistakes}
    symptoms = [*part.symptoms, *(cost.symptom for cost in part.costs)]
    symptoms += [c.symptom for c in part.conventions if c.symptom is not None]
    if part.weights is not None:
        symptoms += [*part.weights.missing.values(), part.weights.unregistered]
        symptoms += [part.weights.tied] if part.weights.tied is not None else []
    for symptom in symptoms:
        found.setdefault(symptom.id, symptom)
    return [found[name] for name in sorted(found)]


def rule_line(rule: Forbid | Imports | OnlyInTodo) -> str:
    """Return a rule in one line."""
    cost = f"{rule.id}, {points(rule.points)} points"
    if isinstance(rule, Forbid):
        return f"{cost}: {', '.join(rule.names)}"
    if isinstance(rule, Imports):
        return f"{cost}: only what the template imports, torch, numpy, math and typing"
    return f"{cost}: outside the TODO regions the template stays as it is"
