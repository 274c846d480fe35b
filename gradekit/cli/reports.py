"""Make a batch of what a store holds, show it and write it down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.report.batch import Batch
from gradekit.report.verdicts import as_data, write_json
from gradekit.store.records import Run, Standing
from gradekit.wire.layers import LEVELS, Level

__all__ = ["batch_of", "rewrite_list", "tell_plugins", "write_reports"]


def batch_of(lab: Lab, run: Run, standings: Sequence[Standing]) -> Batch:
    """Return the batch that a run reports."""
    return Batch(
        lab,
        tuple(one.judged.verdict for one in standings),
        run.key.seed,
        run.key.gradekit,
        _weakest(standings),
        {one.attempt.student: (one.attempt.number, one.attempts) for one in standings},
        {one.attempt.student: one.override for one in standings if one.override},
    )


def _weakest(standings: Sequence[Standing]) -> Level:
    held = {one.judged.isolation for one in standings}
    return next((level for level in LEVELS if level in held), "strict")


def tell_plugins(plugins: Plugins, standings: Sequence[Standing]) -> None:
    """Let plugins see each verdict that counts."""
    for one in standings:
        submission = one.attempt.found()
        plugins.manager.hook.gradekit_verdict(verdict=one.judged.verdict, submission=submission)


def write_reports(plugins: Plugins, batch: Batch, folder: Path, more: Sequence[str] = ()) -> None:
    """Write all reports of a batch and say where they are."""
    names = plugins.manager.hook.gradekit_write_report(batch=batch, out=folder)
    written = ", ".join(sorted([*(name for name in names if name), *more]))
    click.echo(f"written to {folder}: {written}")


def rewrite_list(folder: Path, batch: Batch) -> None:
    """Put a batch into the list above its folder, where several labs were graded at once."""
    path = folder.resolve().parent / "verdicts.json"
    try:
        data: Any = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return
    if isinstance(data, list) and folder.resolve().name == batch.lab.name:
        mine = [isinstance(one, dict) and one.get("lab") == batch.lab.name for one in data]
        pairs = zip(data, mine, strict=True)
        write_json([as_data(batch) if own else one for one, own in pairs], path)
