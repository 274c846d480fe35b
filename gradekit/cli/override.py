"""`gradekit override OUT STUDENT`: a person sets a score, and says why."""

from __future__ import annotations

import math
from difflib import get_close_matches
from pathlib import Path

import click

from gradekit.cli.common import opened, plugins_option, start
from gradekit.cli.reports import batch_of, rewrite_list, tell_plugins, write_reports
from gradekit.errors import UsageError
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.report.table import points
from gradekit.report.write import sweep
from gradekit.store.attempts import in_force, standings
from gradekit.store.lock import locked
from gradekit.store.store import Store, clean
from gradekit.text import cut

__all__ = ["command", "known"]


@click.command("override")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("student")
@click.option("--score", type=float, help="The score that counts from now on.")
@click.option("--author", metavar="NAME", default="", help="Who decides; shown in the reports.")
@click.option("--reason", metavar="TEXT", default="", help="Why; the student reads it.")
@click.option("--withdraw", is_flag=True, help="Go back to the computed score.")
@plugins_option
def command(
    out: Path,
    student: str,
    score: float | None,
    author: str,
    reason: str,
    withdraw: bool,
    plugin_paths: tuple[Path, ...],
) -> None:
    """Set the score of STUDENT in the batch in OUT; no regrade ever undoes that."""
    plugins = start(plugin_paths)
    with opened(out) as folder, locked(folder), Store(folder) as store:
        run = store.last_run()
        if run is None:
            raise UsageError(f"{out} holds no run yet; grade into it first")
        lab = plugins.lab(run.key.lab)
        name = known(store, out, student)
        if withdraw:
            _withdraw(store, name, score, author, reason)
        else:
            _set(store, lab, name, score, author, reason)
        _rewrite(plugins, store, lab, folder)


def known(store: Store, out: Path, student: str) -> str:
    """Return a student's name as the store has it.

    Raises: UsageError with the nearest name where it has none.
    """
    names = sorted({attempt.student for attempt in store.attempts()})
    name = clean(student)
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    some = ", ".join(cut(one, 40) for one in names[:10])
    hint = f"did you mean {cut(near[0], 60)}?" if near else f"there are: {some}"
    raise UsageError(f"there is no student {cut(student, 60)!r} in {out}; {hint}")


def _set(
    store: Store, lab: Lab, student: str, score: float | None, author: str, reason: str
) -> None:
    author, reason = author.strip(), reason.strip()
    if score is None or not author or not reason:
        raise UsageError("say --score, --author and --reason (the student reads it), or --withdraw")
    if not math.isfinite(score) or not 0 <= score <= lab.max_score:
        raise UsageError(f"--score {score:g}: expected 0 to {points(lab.max_score)}")
    store.override(student, score, author, reason)
    click.echo(f"{cut(student, 60)}: set to {points(score)} by {cut(author, 60)}")


def _withdraw(store: Store, student: str, score: float | None, author: str, reason: str) -> None:
    if score is not None:
        raise UsageError("--withdraw goes back to the computed score; leave --score out")
    if student not in in_force(store.overrides()):
        raise UsageError(f"no score of {cut(student, 60)} is set by hand; nothing to withdraw")
    store.override(student, None, author.strip(), reason.strip())
    click.echo(f"{cut(student, 60)}: back to the computed score")


def _rewrite(plugins: Plugins, store: Store, lab: Lab, folder: Path) -> None:
    """Write the reports of the last run again, where it came to its end."""
    run = store.last_run()
    assert run is not None, "looked for before"
    if not run.ended or run.key.lab_version != lab.version:
        why = "the last run was not finished" if not run.ended else "the lab has a new version"
        click.echo(f"kept; {why}: the reports will show it after the next `gradekit grade`")
        return
    sweep(folder)
    rows = standings(
        run.options.policy, run.key, store.attempts(), store.judged(), store.overrides()
    )
    batch = batch_of(lab, run, rows)
    tell_plugins(plugins, rows)
    write_reports(plugins, batch, folder)
    rewrite_list(folder, batch)
