"""`gradekit check LAB FILE`: the student's view of one submission before handing it in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from gradekit.cli.common import isolation_option, plugins_option, reader, start
from gradekit.engine.local import one_judge
from gradekit.errors import UsageError
from gradekit.judge.verdict import Deduction, PropertyResult, Verdict
from gradekit.lab import Lab
from gradekit.report.table import metric_line, points
from gradekit.submissions.find import find_batches
from gradekit.text import cut
from gradekit.wire.layers import Level

__all__ = ["command"]

MARKS = {
    "passed": ("passed", "green"),
    "failed": ("FAILED", "red"),
    "unchecked": ("could not check", "yellow"),
}


@click.command("check")
@click.argument("lab_name", metavar="LAB")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="The batch seed; other seeds draw other cases.",
)
@isolation_option("process")
@plugins_option
def command(
    lab_name: str, file: Path, seed: int, isolation: Level, plugin_paths: tuple[Path, ...]
) -> None:
    """Check one FILE of LAB: each property in a line, and what to do next."""
    plugins = start(plugin_paths)
    lab = plugins.lab(lab_name)
    [(_, found)] = find_batches(file, plugins.labs, lab, reader(plugins))
    if len(found) != 1:
        raise UsageError(f"{file} holds {len(found)} submissions; check one, or use grade")
    item = found[0]
    with one_judge(lab, seed, isolation) as judge:
        if item.problem:
            verdict = judge.not_found(item.student, item.sources, item.problem)
        else:
            verdict = judge.grade(item.student, item.sources)
    _show(lab, _again(file, plugin_paths), verdict)
    if verdict.status == "void":
        raise click.exceptions.Exit(3)
    if verdict.score < verdict.max_score:
        raise click.exceptions.Exit(1)


def _again(file: Path, plugin_paths: tuple[Path, ...]) -> str:
    """Return the options that `gradekit replay` needs for this file."""
    options = [f"--plugins {shlex.quote(str(path))}" for path in plugin_paths]
    return " ".join([f"--submission {shlex.quote(str(file))}", *options])


def _show(lab: Lab, again: str, verdict: Verdict) -> None:
    if verdict.status == "void":
        click.echo(f"could not be judged: {cut(verdict.reason)}; this costs you nothing")
        return
    for part in verdict.parts:
        click.secho(f"\n{part.title} ({points(part.score)} of {points(part.max_score)})", bold=True)
        for result in part.properties:
            _property(lab, again, result)
    if verdict.metrics:
        click.secho("\nAfter a short training run", bold=True)
        for metric in verdict.metrics:
            click.echo(f"  {cut(metric_line(metric), 300)}")
    if verdict.deductions:
        click.secho("\nWhat costs points", bold=True)
        for deduction in verdict.deductions:
            _deduction(lab, again, deduction)
    for text in verdict.review:
        click.echo(f"\nA person will look at this: {cut(text)}")
    if verdict.floor:
        click.echo(f"\nraised to {points(verdict.floor)}, the credit for a real attempt")
    click.secho(f"\n{points(verdict.score)} of {points(verdict.max_score)}", bold=True)


def _property(lab: Lab, again: str, result: PropertyResult) -> None:
    text, color = MARKS[result.status]
    click.echo("  " + click.style(f"{text:15}", fg=color) + f" {result.title}")
    if result.status == "failed":
        click.echo(f"    {result.name}: {cut(result.message, 500)}")
        if result.hint:
            click.echo(f"    hint: {result.hint}")
        _replay(lab, again, result.replay)


def _deduction(lab: Lab, again: str, deduction: Deduction) -> None:
    name = deduction.mistake or "unexplained"
    click.secho(f"  {name}: -{points(deduction.points)} in {deduction.part}", fg="red")
    click.echo(f"    {cut(deduction.reason, 600)}")
    if deduction.proof:
        click.echo(f"    seen: {cut(deduction.proof, 600)}")
    if deduction.hint:
        click.echo(f"    next: {deduction.hint}")
    _replay(lab, again, deduction.replay)


def _replay(lab: Lab, again: str, case: str) -> None:
    if case:
        click.echo(f"    reproduce: gradekit replay {lab.name} {case} {again}")
