"""`gradekit history OUT [STUDENT]`: all that a batch remembers, with times in UTC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gradekit.cli.common import opened
from gradekit.cli.override import known
from gradekit.report.table import named, points
from gradekit.store.records import Attempt, Judged, Override, Run
from gradekit.store.store import Store
from gradekit.text import cut

__all__ = ["command"]


@click.command("history")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("student", required=False)
def command(out: Path, student: str | None) -> None:
    """Print the runs, attempts, verdicts and overrides of the batch in OUT, or of one STUDENT."""
    with opened(out) as folder, Store(folder) as store:
        attempts, judged, overrides = store.attempts(), store.judged(), store.overrides()
        chosen = known(store, out, student) if student is not None else ""
        runs = [] if chosen else store.runs()
    for run in runs:
        click.echo(_run(run, sum(one.run.id == run.id for one in judged)))
    for name in [chosen] if chosen else sorted({one.student for one in attempts}):
        own = sorted((one for one in attempts if one.student == name), key=lambda one: one.number)
        click.secho(f"{cut(name, 60)}", bold=True)
        for line in _student(own, judged, [one for one in overrides if one.student == name]):
            click.echo(line)


def _run(run: Run, count: int) -> str:
    key, options = run.key, run.options
    asked = [f"--policy {options.policy}"]
    asked += [f"--regrade {options.regrade}"] if options.regrade else []
    return (
        f"run {run.id}: {_when(run.started)} to {_when(run.ended) or '(not finished)'},"
        f" {key.lab} {key.lab_version}, gradekit {key.gradekit}, seed {key.seed},"
        f" {' '.join(asked)}, {count} graded, from {cut(options.path, 100)}"
    )


def _student(
    attempts: Sequence[Attempt], judged: Sequence[Judged], overrides: Sequence[Override]
) -> Iterator[str]:
    for attempt in attempts:
        handed_in = f"handed in {_when(attempt.handed_in)}, " if attempt.handed_in else ""
        yield (
            f"  attempt {attempt.number}: {cut(attempt.place, 60)}, {handed_in}"
            f"first seen {_when(attempt.first_seen)}, {attempt.digest[:12]}"
        )
        yield from (_verdict(one) for one in judged if one.attempt == attempt.id)
    for word in overrides:
        what = f"set to {points(word.score)}" if word.score is not None else "withdrawn"
        by = f" by {cut(word.author, 60)}" if word.author else ""
        why = f": {cut(word.reason, 200)}" if word.reason else ""
        yield f"  {_when(word.at)}  {what}{by}{why}"


def _verdict(judged: Judged) -> str:
    verdict, key = judged.verdict, judged.run.key
    score = "void" if judged.void else f"{points(verdict.score)} of {points(verdict.max_score)}"
    why = named(verdict)
    return (
        f"    {_when(judged.at)}  {score}{f' ({why})' if why else ''}, run {judged.run.id},"
        f" seed {key.seed}, {judged.isolation}, {verdict.seconds:.2f} s"
    )


def _when(at: str) -> str:
    """Return a time of the store as people read it."""
    return at[:19].replace("T", " ")
