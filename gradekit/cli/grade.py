"""`gradekit grade PATH`: a folder of submissions into scored tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from gradekit import __version__
from gradekit.cli.common import plugins_option, reader, start
from gradekit.engine.local import default_jobs, grade_batch
from gradekit.errors import UsageError
from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.report.batch import Batch
from gradekit.report.table import plural, points, render, summary
from gradekit.report.verdicts import as_data, write_json
from gradekit.submissions.find import Batches, find_batches
from gradekit.submissions.found import Found
from gradekit.text import cut

__all__ = ["command"]


@click.command("grade")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lab", "lab_name", metavar="NAME", help="The lab, where it can't be told.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write scores.csv, scores.md, feedback/ and verdicts.json here.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at once; default: one per core.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="The batch seed: the same seed draws the same cases.",
)
@plugins_option
def command(
    path: Path,
    lab_name: str | None,
    out: Path | None,
    jobs: int | None,
    seed: int,
    plugin_paths: tuple[Path, ...],
) -> None:
    """Grade all submissions at PATH: a file, a folder, or a zip."""
    plugins = start(plugin_paths)
    lab = plugins.lab(lab_name) if lab_name else None
    batches = find_batches(path, plugins.labs, lab, reader(plugins))
    _refuse_mixing(path, out, len(batches))
    folders = [_folder(out, one, len(batches)) for one, _ in batches]
    for folder, (one, found) in zip(folders, batches, strict=True):
        _refuse_other_batch(folder, one, found)
    done = [_grade(one, found, jobs or default_jobs(), seed) for one, found in batches]
    _report(plugins, done, batches, folders)
    if out is not None and len(done) > 1:
        write_json([as_data(batch) for batch in done], out / "verdicts.json")
        click.echo(f"all batches together: {out / 'verdicts.json'}")
    if any(verdict.status == "void" for batch in done for verdict in batch.verdicts):
        raise click.exceptions.Exit(3)


def _folder(out: Path | None, lab: Lab, count: int) -> Path | None:
    if out is None:
        return None
    folder = out if count == 1 else out / lab.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".gradekit-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UsageError(f"--out {folder} can't be written: {error.strerror}") from error
    return folder


def _refuse_mixing(path: Path, out: Path | None, count: int) -> None:
    """Refuse to write among the submissions, or several labs over one."""
    if out is None:
        return
    if str(out) in ("", ".") or out.resolve().is_relative_to(path.resolve()):
        raise UsageError(f"--out {out} lies among the submissions; choose a folder beside them")
    top = out / "verdicts.json"
    if count > 1 and top.exists() and not top.read_bytes().lstrip().startswith(b"["):
        raise UsageError(f"--out {out} holds another batch; choose another folder")


def _refuse_other_batch(folder: Path | None, lab: Lab, found: list[Found]) -> None:
    """Refuse to write over the results of other students or of another lab."""
    if folder is None or not (folder / "verdicts.json").exists():
        return
    other = UsageError(
        f"--out {folder} holds another batch (another lab, or none of these students);"
        " choose another folder, or remove that one"
    )
    try:
        data: Any = msgspec.json.decode((folder / "verdicts.json").read_bytes())
        students = {entry["student"] for entry in data["submissions"]}
        same = data["lab"] == lab.name and bool(students & {item.student for item in found})
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise other from error
    if not same:
        raise other


def _grade(lab: Lab, found: list[Found], jobs: int, seed: int) -> Batch:
    """Grade one batch under a progress bar, or with plain lines where there is no terminal."""
    if sys.stderr.isatty():
        with click.progressbar(
            length=len(found), label=f"grading {lab.name}", file=sys.stderr, show_pos=True
        ) as bar:
            verdicts = grade_batch(
                lab, found, jobs=jobs, seed=seed, done=lambda verdict: bar.update(1)
            )
    else:
        click.echo(f"grading {plural(len(found), 'submission')} of {lab.name}", err=True)
        verdicts = grade_batch(lab, found, jobs=jobs, seed=seed, done=_line)
    return Batch(lab, tuple(verdicts), seed, __version__)


def _line(verdict: Verdict) -> None:
    score = "void" if verdict.status == "void" else points(verdict.score)
    click.echo(f"  {cut(verdict.student, 60)}: {score} ({verdict.seconds:.2f} s)", err=True)


def _report(
    plugins: Plugins, done: list[Batch], batches: Batches, folders: list[Path | None]
) -> None:
    hook = plugins.manager.hook
    for batch, (_, found), folder in zip(done, batches, folders, strict=True):
        for verdict, item in zip(batch.verdicts, found, strict=True):
            hook.gradekit_verdict(verdict=verdict, submission=item)
        click.echo(f"\n{render(batch)}\n")
        for line in summary(batch):
            click.echo(line)
        if folder is not None:
            names = hook.gradekit_write_report(batch=batch, out=folder)
            written = ", ".join(sorted(name for name in names if name))
            click.echo(f"written to {folder}: {written}")
