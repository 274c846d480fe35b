"""`gradekit replay LAB ID`: one case again, with what the student's code returns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from torch import Tensor

from gradekit.cli.common import plugins_option, reader, start
from gradekit.engine.local import one_judge
from gradekit.errors import SubmissionError, UsageError
from gradekit.judge.part import judge_part
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask, Session, fields_of
from gradekit.judge.tokens import read_token
from gradekit.lab import Part
from gradekit.submissions.find import find_batches
from gradekit.text import cut, plain
from gradekit.wire.values import Failure, Value

__all__ = ["command"]


@click.command("replay")
@click.argument("lab_name", metavar="LAB")
@click.argument("case_id", metavar="ID")
@click.option(
    "--submission",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    help="The file whose code is run on the case.",
)
@plugins_option
def command(lab_name: str, case_id: str, file: Path, plugin_paths: tuple[Path, ...]) -> None:
    """Run one case of LAB again and show what the submission returns on it."""
    plugins = start(plugin_paths)
    lab = plugins.lab(lab_name)
    part, case = read_token(lab, case_id)
    [(_, found)] = find_batches(file, plugins.labs, lab, reader(plugins))
    if len(found) != 1 or found[0].problem:
        problem = found[0].problem if len(found) == 1 else ""
        raise UsageError(problem or f"{file} holds {len(found)} submissions; name one file")
    with one_judge(lab, 0) as judge:
        session = Session(judge.client, found[0].sources, lab.files[0])
        try:
            session.start()
            how = Ask(weights="seed" if part.weights else None)
            memory = Memory(lambda cases: session.ask(part, cases, how))
            outcome = memory.fetch([case])[0]
            broken = check_all(part.properties, [case], memory)
            judged = judge_part(judge.books[part.name], session)
        except SubmissionError as error:
            click.echo(f"{error}")
            raise click.exceptions.Exit(1) from None
        finally:
            session.close()
    _show(part, case, outcome)
    for failed in broken.values():
        click.secho(f"FAILED {failed.name}: {cut(failed.message, 600)}", fg="red")
    if not broken:
        click.echo("every property of the part holds on this case")
    for finding in judged.findings:
        click.secho(f"{finding.id}: {finding.reason}\n  seen: {cut(finding.proof, 600)}", fg="red")
    if judged.disagreement is not None:
        click.secho(f"differs from the reference: {cut(judged.difference, 600)}", fg="red")
    wrong = bool(broken or judged.findings or judged.disagreement)
    raise click.exceptions.Exit(1 if wrong else 0)


def _show(part: Part, case: Any, outcome: Value) -> None:
    click.echo(f"part {part.name}, case {case}")
    for name, value in fields_of(case).items():
        if isinstance(value, Tensor):
            click.echo(f"given {name}, shape {tuple(value.shape)}:\n{value}")
    if isinstance(outcome, Failure):
        click.echo(f"your code failed: {plain(str(outcome))}")
    elif isinstance(outcome, Mapping):
        for name, value in outcome.items():
            if value is None or isinstance(value, bool):
                continue  # what a drive notes on the way; the properties say what it means
            kind = f", shape {tuple(value.shape)}" if isinstance(value, Tensor) else ""
            click.echo(f"your {plain(str(name))}{kind}:\n{plain(str(value))[:4000]}")
