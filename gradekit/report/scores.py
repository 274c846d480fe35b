"""scores.csv: one row per student, for spreadsheets."""

from __future__ import annotations

from pathlib import Path

from gradekit.hookspecs import hookimpl
from gradekit.report.batch import Batch
from gradekit.report.table import frame
from gradekit.report.write import write_whole
from gradekit.text import cell

__all__ = ["gradekit_write_report"]


@hookimpl
def gradekit_write_report(batch: Batch, out: Path) -> str:
    """Write scores.csv, UTF-8 with a byte order mark; no cell is a formula."""
    table = frame(batch)
    table["student"] = [cell(verdict.student) for verdict in batch.verdicts]
    table["deductions"] = [cell(str(text)) for text in table["deductions"]]
    table["attempt"] = [batch.attempt(verdict)[0] for verdict in batch.verdicts]
    table["attempts"] = [batch.attempt(verdict)[1] for verdict in batch.verdicts]
    write_whole(out / "scores.csv", table.to_csv(index=False).encode("utf-8-sig"))
    return "scores.csv"
