"""`gradekit grade PATH`: a folder of submissions into scored tables."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import msgspec

from gradekit.cli.batch import Asked, grade_one
from gradekit.cli.common import in_words, isolation_option, plugins_option, reader, start
from gradekit.engine.local import default_jobs
from gradekit.errors import JudgeError, UsageError
from gradekit.lab import Lab
from gradekit.report.verdicts import as_data, write_json
from gradekit.store.database import FILE
from gradekit.store.lock import locked
from gradekit.store.records import Options, Policy, Regrade
from gradekit.submissions.find import find_batches
from gradekit.wire.layers import Level

__all__ = ["command"]

HOLDS: dict[Level, str] = {"process": "accidents, but no attacks", "none": "nothing at all"}


@click.command("grade")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lab", "lab_name", metavar="NAME", help="The lab, where it can't be told.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write scores.csv, scores.md, feedback/ and verdicts.json here, and keep all that is"
    " graded: the same command goes on where it was stopped.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at once; default: one per core.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="The batch seed: the same seed draws the same cases.",
)
@click.option(
    "--policy",
    type=click.Choice(["last", "best"]),
    default="last",
    show_default=True,
    help="Which of a student's attempts counts.",
)
@click.option(
    "--regrade",
    type=click.Choice(["all", "failed", "lab-changed"]),
    help="Grade again: all, those that lost points, or those that another code of the lab graded.",
)
@isolation_option("strict")
@click.option(
    "--allow-weak-isolation",
    "weak",
    is_flag=True,
    help="Grade at whatever level of isolation this machine reaches; the reports say so.",
)
@plugins_option
def command(
    path: Path,
    lab_name: str | None,
    out: Path | None,
    jobs: int | None,
    seed: int,
    policy: Policy,
    regrade: Regrade | None,
    isolation: Level,
    weak: bool,
    plugin_paths: tuple[Path, ...],
) -> None:
    """Grade all submissions at PATH: a file, a folder, or a zip."""
    options = Options(policy, regrade or "", isolation, str(path))
    asked = Asked(options, jobs or default_jobs(), seed, _level(isolation, weak))
    plugins = start(plugin_paths)
    lab = plugins.lab(lab_name) if lab_name else None
    batches = find_batches(path, plugins.labs, lab, reader(plugins))
    _refuse_mixing(path, out, len(batches))
    done = []
    with ExitStack() as locks:
        folders = [_folder(out, one, len(batches), locks) for one, _ in batches]
        for folder, (one, found) in zip(folders, batches, strict=True):
            done.append(grade_one(plugins, one, found, folder, asked))
        if out is not None and len(done) > 1:
            write_json([as_data(batch) for batch in done], out / "verdicts.json")
            click.echo(f"all batches together: {out / 'verdicts.json'}")
    if any(batch.score(verdict) is None for batch in done for verdict in batch.verdicts):
        raise click.exceptions.Exit(3)


def _level(isolation: Level, weak: bool) -> Level:
    """Return the level that the engine must reach."""
    if weak:
        return "none" if isolation == "none" else "process"
    if isolation != "strict":
        raise UsageError(
            f"--isolation {isolation} holds {HOLDS[isolation]}; to grade so all the same, add"
            " --allow-weak-isolation"
        )
    return isolation


def _refuse_mixing(path: Path, out: Path | None, count: int) -> None:
    """Refuse to write among the submissions, or several labs over one."""
    if out is None:
        return
    if str(out) in ("", ".") or out.resolve().is_relative_to(path.resolve()):
        raise UsageError(f"--out {out} lies among the submissions; choose a folder beside them")
    top = out / "verdicts.json"
    single = top.exists() and not top.read_bytes().lstrip().startswith(b"[")
    if count > 1 and (single or (out / FILE).exists()):
        raise UsageError(f"--out {out} holds the batch of one lab; choose another folder")


def _folder(out: Path | None, lab: Lab, count: int, locks: ExitStack) -> Path | None:
    """Return a lab's folder under --out, made, tried and locked.

    Raises: UsageError when another grader or another lab has it, JudgeError.
    """
    if out is None:
        return None
    folder = out if count == 1 else out / lab.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OSError(_why_not(folder), os.strerror(_why_not(folder)))
        locks.enter_context(locked(folder))
    except OSError as error:
        error.filename = None
        raise JudgeError(
            f"--out {folder} can't be written: {in_words(error)}; what was graded is kept as it is"
        ) from error
    _refuse_other_lab(folder, lab)
    return folder


def _why_not(folder: Path) -> int:
    read_only = os.statvfs(folder).f_flag & os.ST_RDONLY
    return errno.EROFS if read_only else errno.EACCES


def _refuse_other_lab(folder: Path, lab: Lab) -> None:
    """Refuse to write over reports of another lab, or of several, that no store is beside."""
    path = folder / "verdicts.json"
    if (folder / FILE).exists() or not path.exists():
        return
    try:
        data: Any = msgspec.json.decode(path.read_bytes())
        other = data["lab"] != lab.name
    except (msgspec.DecodeError, KeyError, TypeError):
        other = True
    if other:
        raise UsageError(f"--out {folder} holds results of other labs; choose another folder")
