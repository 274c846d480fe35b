"""scores.md: the class table and its summary."""

from __future__ import annotations

from pathlib import Path

from tabulate import tabulate

from gradekit.hookspecs import hookimpl
from gradekit.report.batch import Batch
from gradekit.report.table import frame, summary
from gradekit.report.write import write_whole
from gradekit.text import markdown

__all__ = ["gradekit_write_report"]


@hookimpl
def gradekit_write_report(batch: Batch, out: Path) -> str:
    """Write scores.md."""
    table = frame(batch)
    rows = [[markdown(str(value)) for value in row] for row in table.values.tolist()]
    lines = [f"# {batch.lab.title}", ""]
    lines += [f"- {markdown(line)}" for line in summary(batch)]
    lines += [
        "",
        tabulate(rows, headers=list(table.columns), tablefmt="pipe", disable_numparse=True),
        "",
    ]
    write_whole(out / "scores.md", "\n".join(lines))
    return "scores.md"
