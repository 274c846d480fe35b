"""The hooks that a plugin may implement.

Each says what it is for, when it is called and where it may be implemented. A plugin is a
module with functions marked by `gradekit.hookimpl`: bundled (`gradekit_labs`), installed (an
entry point of the group `gradekit`), or named by `--plugins PATH`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from gradekit.judge.verdict import Verdict
    from gradekit.lab import Lab
    from gradekit.report.batch import Batch
    from gradekit.submissions.found import Found

__all__ = ["hookimpl", "hookspec"]

hookspec = pluggy.HookspecMarker("gradekit")
hookimpl = pluggy.HookimplMarker("gradekit")


@hookspec
def gradekit_labs() -> list[Lab]:  # type: ignore[empty-body]  # a specification has no body
    """Return the labs that this plugin brings.

    Called once when gradekit starts, in every process that judges; never where student code
    runs. Importing the plugin must define values and do nothing else.
    """


@hookspec(firstresult=True)
def gradekit_read_submission(path: Path, data: bytes) -> str | None:
    """Return the Python source held by one handed-in file, or None to leave it to others.

    Called for each file that may be a submission, before it is graded, in the main process;
    `path` is its name (it may lie in a zip), `data` its content. It is a stranger's: treat it
    as data, never import or evaluate it. Raise `SubmissionError` when it is of your kind but
    can't be read.
    """


@hookspec
def gradekit_verdict(verdict: Verdict, submission: Found) -> None:
    """See a finished verdict.

    Called once for each submission that counts, in the order of the report, in the main process,
    before the reports are written; again each time that they are. The verdict can't be changed
    here.
    """


@hookspec
def gradekit_write_report(batch: Batch, out: Path) -> str | None:
    """Write one report of a batch into the folder `out` and return the file's name.

    Called once for each batch after all its verdicts are there, in the main process. Text
    that comes from a submission is data: escape it for your format. Write through
    `gradekit.report.write.write_whole`, and nothing that differs from run to run: a batch that
    was stopped and went on must end with the same bytes.
    """
