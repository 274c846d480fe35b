"""`gradekit lint LAB`: whether a lab can be trusted."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tabulate import tabulate

from gradekit.cli.common import plugins_option, start
from gradekit.errors import UsageError
from gradekit.lab import Lab
from gradekit.lint.findings import Report

__all__ = ["command"]

MARKS = {True: "ok", False: "MEND", None: "note"}


@click.command("lint")
@click.argument("name", metavar="LAB")
@click.option("--seed", default=0, show_default=True, help="Seed that the cases are drawn from.")
@click.option("--mutation/--no-mutation", default=True, help="Judge mutants of the reference.")
@click.option(
    "--together",
    default=0,
    metavar="N",
    help="Also judge all sets of up to N mistakes made at once (slow).",
)
@click.option("--only", multiple=True, metavar="ID", help="Mistakes that --together takes.")
@plugins_option
@click.pass_context
def command(
    context: click.Context,
    name: str,
    seed: int,
    mutation: bool,
    together: int,
    only: tuple[str, ...],
    plugin_paths: tuple[Path, ...],
) -> None:
    """Check the LAB itself: reference, mistakes, empty answers, template, mutants."""
    lab = start(plugin_paths).lab(name)
    try:
        from gradekit.lint.checks import lint
    except ModuleNotFoundError as error:
        text = f'lint needs {error.name}: pip install "gradekit[lint]"'
        raise UsageError(text) from error
    report = lint(lab, seed, _progress, mutation=mutation)
    _progress("")
    _show(report)
    if together:
        _together(lab, seed, together, only)
    context.exit(0 if report.green else 1)


def _progress(text: str) -> None:
    """Say what is looked at, on a terminal alone."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", nl=False, err=True)


def _show(report: Report) -> None:
    rows = [[MARKS[line.fine], line.name, line.text] for line in report.lines]
    click.echo(tabulate(rows, tablefmt="plain", maxcolwidths=[None, None, 90]))
    if report.mistakes:
        click.echo("")
        table = [
            [
                row.part,
                row.id,
                f"{row.caught}/{row.forms - row.unseen}",
                f"{row.named}/{row.forms - row.unseen}",
                ", ".join(sorted(row.confused)),
            ]
            for row in report.mistakes
        ]
        headers = ["part", "mistake", "caught", "named", "confused with"]
        click.echo(tabulate(table, headers=headers, disable_numparse=True))
    for survivor in report.survivors:
        click.echo(f"survived: {survivor}")
    click.echo(f"\n{report.lab}: {'all green' if report.green else 'something to mend'}")


def _together(lab: Lab, seed: int, most: int, only: tuple[str, ...]) -> None:
    from gradekit.judge.part import Book
    from gradekit.lint.modelled import together, without_costs

    for part in lab.parts:
        if not part.mistakes:
            continue
        found = together(Book(without_costs(part), seed), only, most)
        click.echo(
            f"{part.name}: {found.sets} sets of up to {most} mistakes; {found.exact} named exactly,"
            f" {found.equal} behave as a smaller set and are named so, {found.others} tied, all"
            f" told, {len(found.wrong)} otherwise"
        )
        for text in found.wrong:
            click.echo(f"  {text}")
