"""Grade one lab's submissions through a store: only what is not known yet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from gradekit import __version__
from gradekit.cli.common import in_words
from gradekit.cli.reports import batch_of, tell_plugins, write_reports
from gradekit.engine.local import crew
from gradekit.engine.zygotes import WeakIsolation
from gradekit.errors import JudgeError
from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.report.batch import Batch
from gradekit.report.changes import head, lines, write_changes
from gradekit.report.table import plural, points, render, summary
from gradekit.report.write import sweep
from gradekit.store.attempts import standings, to_grade
from gradekit.store.changes import between, why_all
from gradekit.store.keys import fingerprint
from gradekit.store.records import Attempt, Key, Options, Run, Standing
from gradekit.store.store import Store
from gradekit.submissions.found import Found
from gradekit.text import cut
from gradekit.wire.layers import Level

__all__ = ["Asked", "grade_one"]


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a batch."""

    options: Options
    jobs: int
    seed: int
    isolation: Level  # what the engine must reach


@dataclass
class Tally:
    """How far a batch is, for whoever stops it."""

    graded: int = 0
    total: int = 0


def grade_one(
    plugins: Plugins, lab: Lab, found: Sequence[Found], folder: Path | None, asked: Asked
) -> Batch:
    """Grade what has to be graded, report it all, and keep it where there is a folder.

    Raises: UsageError, JudgeError; whatever was graded before is kept.
    """
    tally = Tally()
    try:
        with Store(folder) as store:
            if folder is not None:
                sweep(folder)
            key = Key(lab.name, lab.version, __version__, asked.seed)
            run = store.begin(key, fingerprint(lab), asked.options)
            store.see(run, found)
            _grade(store, run, lab, asked, tally)
            return _report(plugins, store, run, lab, folder)
    except KeyboardInterrupt:
        _stopped(folder, tally)
        raise click.exceptions.Exit(130) from None
    except OSError as error:
        if folder is None:
            raise
        raise JudgeError(f"{in_words(error)}; what was graded is kept in {folder}") from error


def _stopped(folder: Path | None, tally: Tally) -> None:
    if folder is None or not tally.total:
        click.echo("stopped: no report was written", err=True)
        return
    click.echo(
        f"stopped: {tally.graded} of {tally.total} are graded and kept in {folder};"
        " run the same command to go on",
        err=True,
    )


def _grade(store: Store, run: Run, lab: Lab, asked: Asked, tally: Tally) -> None:
    """Grade the attempts that need it; each verdict is kept as it comes."""
    attempts = store.attempts()
    todo = to_grade(run, attempts, store.judged())
    tally.total, tally.graded = len(attempts), len(attempts) - len(todo)
    _announce(lab, todo, attempts)
    if not todo:
        return
    places = {str(attempt.id): attempt for attempt in todo}
    found = [attempt.found(name) for name, attempt in places.items()]
    jobs = min(asked.jobs, len(todo))
    try:
        with crew(lab, jobs=jobs, seed=asked.seed, isolation=asked.isolation) as judges:
            level = judges.level

            def keep(verdict: Verdict) -> None:
                store.add(run, places[verdict.student], verdict, level)
                tally.graded += 1

            _under_a_bar(lab, places, keep, lambda done: judges.grade(found, done))
    except WeakIsolation as error:
        if asked.isolation != "process":
            raise
        text = "even that is not reached here: grade with --isolation none, if you must"
        raise WeakIsolation(f"{error}; {text}") from error


def _announce(lab: Lab, todo: Sequence[Attempt], attempts: Sequence[Attempt]) -> None:
    again = len({attempt.student for attempt in attempts}) < len(attempts)
    count = plural(len(attempts), "attempt" if again else "submission")
    if not todo:
        click.echo(f"all {count} of {lab.name} are graded already", err=True)
    elif len(todo) < len(attempts):
        kept = len(attempts) - len(todo)
        text = f"grading {len(todo)} of {count} of {lab.name}; {kept} graded already"
        click.echo(text, err=True)
    elif not sys.stderr.isatty():
        click.echo(f"grading {count} of {lab.name}", err=True)


def _under_a_bar(
    lab: Lab,
    places: dict[str, Attempt],
    keep: Callable[[Verdict], None],
    grade: Callable[[Callable[[Verdict], None]], object],
) -> None:
    """Grade under a progress bar, or with plain lines where there is no terminal."""

    def with_line(verdict: Verdict) -> None:
        keep(verdict)
        score = "void" if verdict.status == "void" else points(verdict.score)
        name = cut(places[verdict.student].student, 60)
        click.echo(f"  {name}: {score} ({verdict.seconds:.2f} s)", err=True)

    if not sys.stderr.isatty():
        grade(with_line)
        return
    label = f"grading {lab.name}"
    with click.progressbar(length=len(places), label=label, file=sys.stderr, show_pos=True) as bar:

        def with_bar(verdict: Verdict) -> None:
            keep(verdict)
            bar.update(1)

        grade(with_bar)


def _report(plugins: Plugins, store: Store, run: Run, lab: Lab, folder: Path | None) -> Batch:
    """Show the batch, write it down, and close the run."""
    rows = standings(
        run.options.policy, run.key, store.attempts(), store.judged(), store.overrides()
    )
    batch = batch_of(lab, run, rows)
    tell_plugins(plugins, rows)
    click.echo(f"\n{render(batch)}\n")
    for line in [*summary(batch), *_notes(store, run, rows)]:
        click.echo(line)
    if folder is not None:
        write_reports(plugins, batch, folder, _changes(store, run, lab, rows, folder))
    store.finish(run, rows)
    return batch


def _notes(store: Store, run: Run, rows: Sequence[Standing]) -> list[str]:
    """Return what a person should know beside the scores."""
    seen, notes = store.seen_in(run), []
    away = [cut(one.attempt.student, 40) for one in rows if one.attempt.student not in seen]
    if away:
        where = cut(run.options.path, 100)
        notes.append(f"not in {where} this time, kept from before: {_some(away)}")
    other = [one for one in rows if one.judged.run.fingerprint != run.fingerprint]
    if other:
        notes.append(
            f"the lab's code has changed since {plural(len(other), 'submission')} of these were"
            " graded; --regrade lab-changed grades them again"
        )
    late = [
        cut(one.attempt.student, 40)
        for one in rows
        if one.override and one.attempt.first_seen > one.override.at
    ]
    if late:
        notes.append(f"handed in again after the score was set by hand: {_some(late)}")
    return notes


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def _changes(store: Store, run: Run, lab: Lab, rows: Sequence[Standing], folder: Path) -> list[str]:
    """Tell what changed since the run before, if there was one; return the file written."""
    last = store.last_finished()
    if last is None:
        return []
    why, changes = why_all(last, run), between(store.results(last), rows)
    click.echo(f"\nsince run {last.id}: {head(changes)}")
    for line in [*why, *lines(changes)]:
        click.echo(f"  {line}")
    return [write_changes(folder, lab.title, last.id, why, changes)]
