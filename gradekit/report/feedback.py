"""feedback/STUDENT.md: what one student gets back, with the sum to redo by hand."""

from __future__ import annotations

from pathlib import Path

from gradekit.hookspecs import hookimpl
from gradekit.judge.verdict import Deduction, Verdict
from gradekit.report.batch import Batch
from gradekit.report.table import metric_line, plural, points
from gradekit.report.write import write_whole
from gradekit.store.records import Override
from gradekit.text import file_name, markdown

__all__ = ["feedback", "gradekit_write_report"]

MARKS = {"passed": "passed", "failed": "FAILED", "unchecked": "could not check"}


@hookimpl
def gradekit_write_report(batch: Batch, out: Path) -> str:
    """Write one file per student into feedback/."""
    folder = out / "feedback"
    folder.mkdir(exist_ok=True)
    used: set[str] = set()
    for verdict in batch.verdicts:
        first = name = file_name(verdict.student)
        number = 1
        while name.lower() in used:
            number += 1
            name = f"{first}-{number}"
        used.add(name.lower())
        write_whole(folder / f"{name}.md", feedback(batch, verdict))
    return f"feedback/ ({plural(len(batch.verdicts), 'file')})"


def feedback(batch: Batch, verdict: Verdict) -> str:
    """Return one student's feedback as Markdown."""
    lines = [f"# {batch.lab.title}: {markdown(verdict.student, 100)}", ""]
    override = batch.overrides.get(verdict.student)
    if override is not None:
        lines += [_set_by(override, verdict), ""]
    if verdict.status == "void":
        lines += [
            f"This submission could not be judged: {markdown(verdict.reason)}.",
            "",
            "Nothing was deducted. Your teaching assistant will look at it.",
            "",
        ]
        return "\n".join(lines)
    if override is None:
        lines += [f"**{points(verdict.score)} of {points(verdict.max_score)}**", ""]
    lines += ["## The sum", ""]
    lines += _sum(verdict)
    if verdict.deductions:
        lines += ["", "## What cost points", ""]
        for deduction in verdict.deductions:
            lines += _deduction(batch, deduction)
    lines += ["", "## What was checked", ""]
    for part in verdict.parts:
        lines += [f"### {part.title} ({points(part.score)} of {points(part.max_score)})", ""]
        for check in part.properties:
            lines.append(f"- {MARKS[check.status]}: {check.title} (`{check.name}`)")
            if check.status == "failed":
                lines.append(f"  - {markdown(check.message, 600)}")
                lines += [f"  - Next: {markdown(check.hint)}"] if check.hint else []
        lines.append("")
    if verdict.metrics:
        lines += ["### After a short training run", ""]
        lines += [f"- {markdown(metric_line(metric), 300)}" for metric in verdict.metrics]
        lines.append("")
    for text in verdict.review:
        lines += [f"A person will look at this: {markdown(text)}", ""]
    return "\n".join(lines)


def _set_by(override: Override, verdict: Verdict) -> str:
    """Return the score that a person set, with what was computed."""
    text = f"**{points(override.score or 0)} of {points(verdict.max_score)}**, set by"
    text += f" {markdown(override.author, 100)}: {markdown(override.reason, 600)}"
    if verdict.status == "void":
        return text
    return f"{text} (computed: {points(verdict.score)})"


def _sum(verdict: Verdict) -> list[str]:
    lines = ["| part | points | lost | left |", "|---|---|---|---|"]
    for part in verdict.parts:
        lost = part.max_score - part.score
        lines.append(
            f"| {part.name} | {points(part.max_score)} | {points(lost)} | {points(part.score)} |"
        )
    total = sum(part.score for part in verdict.parts)
    lines.append(f"| **sum** | {points(verdict.max_score)} | | {points(total)} |")
    if verdict.floor:
        lines += ["", f"Raised to {points(verdict.floor)}, the credit for a real attempt."]
    return lines


def _deduction(batch: Batch, deduction: Deduction) -> list[str]:
    name = deduction.mistake or "not explained by a known mistake"
    lost = f"-{points(deduction.points)} in {deduction.part}"
    lines = [f"- **{name}**, {lost}: {markdown(deduction.reason, 600)}"]
    if deduction.proof:
        lines.append(f"  - Seen: {markdown(deduction.proof, 600)}")
    if deduction.hint:
        lines.append(f"  - Next: {markdown(deduction.hint)}")
    if deduction.also:
        others = ", ".join(deduction.also)
        lines.append(f"  - Can't be told apart from: {others}; the cheapest is charged.")
    if deduction.replay:
        file = batch.lab.files[0]
        lines.append(
            f"  - Reproduce: `gradekit replay {batch.lab.name} {deduction.replay}"
            f" --submission {file}`"
        )
    return lines
