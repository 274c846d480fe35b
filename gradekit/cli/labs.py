"""`gradekit labs [NAME]`: what is installed, and what a lab asks for."""

from __future__ import annotations

from pathlib import Path

import click
from tabulate import tabulate

from gradekit.cli.common import plugins_option, start
from gradekit.lab import Lab
from gradekit.report.page import lab_page, named, rule_line
from gradekit.report.table import points

__all__ = ["command"]


@click.command("labs")
@click.argument("name", required=False)
@click.option(
    "--pages",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page in Markdown for each lab into this folder.",
)
@plugins_option
def command(name: str | None, pages: Path | None, plugin_paths: tuple[Path, ...]) -> None:
    """List the installed labs, or tell all about the one called NAME."""
    plugins = start(plugin_paths)
    if pages is not None:
        pages.mkdir(parents=True, exist_ok=True)
        for lab in [plugins.lab(name)] if name else plugins.labs.values():
            (pages / f"{lab.name}.md").write_text(lab_page(lab), "utf-8")
            click.echo(f"written: {pages / lab.name}.md")
        return
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
        rows = [[item.id, points(item.points), item.reason] for item in named(part)]
        click.echo(
            tabulate(rows, tablefmt="plain", maxcolwidths=[None, None, 70], disable_numparse=True)
        )
    click.secho("\nrules" if lab.rules else "\nno rules beyond the parts", bold=True)
    for rule in lab.rules:
        click.echo(f"  - {rule_line(rule)}")
