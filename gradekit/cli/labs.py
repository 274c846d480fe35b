"""`gradekit labs [NAME]`: what is installed, and what a lab asks for."""

from __future__ import annotations

from pathlib import Path

import click
from tabulate import tabulate

from gradekit.cli.common import plugins_option, start
from gradekit.lab import Forbid, Imports, Lab, Mistake, OnlyInTodo, Part, Symptom
from gradekit.report.table import points

__all__ = ["command"]


@click.command("labs")
@click.argument("name", required=False)
@plugins_option
def command(name: str | None, plugin_paths: tuple[Path, ...]) -> None:
    """List the installed labs, or tell all about the one called NAME."""
    plugins = start(plugin_paths)
    if name is not None:
        _tell(plugins.lab(name))
        return
    rows = [
        [lab.name, lab.title, ", ".join(lab.files), len(lab.parts), points(lab.max_score)]
        for lab in plugins.labs.values()
    ]
    click.echo(tabulate(rows, headers=["lab", "title", "files", "parts", "points"]))


def _tell(lab: Lab) -> None:
    click.secho(f"{lab.name}: {lab.title}", bold=True)
    click.echo(f"files: {', '.join(lab.files)}; template: {lab.template}")
    for part in lab.parts:
        click.secho(
            f"\npart {part.name}, {points(part.points)} points: {part.title or part.name}",
            bold=True,
        )
        click.echo(f"defines: {', '.join(part.requires)}")
        click.echo("\nwhat must hold:")
        for prop in part.properties:
            click.echo(f"  - {prop.title}")
        click.echo("\nmistakes it knows:")
        rows = [[item.id, points(item.points), item.reason] for item in _named(part)]
        click.echo(
            tabulate(rows, tablefmt="plain", maxcolwidths=[None, None, 70], disable_numparse=True)
        )
    click.secho("\nrules" if lab.rules else "\nno rules beyond the parts", bold=True)
    for rule in lab.rules:
        click.echo(f"  - {_rule(rule)}")


def _named(part: Part) -> list[Mistake | Symptom]:
    named: dict[str, Mistake | Symptom] = {mistake.id: mistake for mistake in part.mistakes}
    symptoms = list(part.symptoms)
    symptoms += [c.symptom for c in part.conventions if c.symptom is not None]
    if part.weights is not None:
        symptoms += [*part.weights.missing.values(), part.weights.unregistered]
    for symptom in symptoms:
        named.setdefault(symptom.id, symptom)
    return [named[name] for name in sorted(named)]


def _rule(rule: Forbid | Imports | OnlyInTodo) -> str:
    cost = f"{rule.id}, {points(rule.points)} points"
    if isinstance(rule, Forbid):
        return f"{cost}: {', '.join(rule.names)}"
    if isinstance(rule, Imports):
        return f"{cost}: only what the template imports, torch, numpy, math and typing"
    return f"{cost}: outside the TODO regions the template stays as it is"
