"""verdicts.json: everything about a batch, with proofs, in a versioned schema.

The schema is documented in docs/verdicts.md. A file holds one batch as an object, or a list of
such objects where several labs were graded at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gradekit.hookspecs import hookimpl
from gradekit.judge.verdict import Verdict
from gradekit.report.batch import Batch
from gradekit.report.write import write_whole
from gradekit.text import as_json

__all__ = ["SCHEMA", "as_data", "gradekit_write_report", "write_json"]

SCHEMA = "gradekit-verdicts/2"


def as_data(batch: Batch) -> dict[str, Any]:
    """Return the batch as plain data, in the schema's order."""
    return {
        "schema": SCHEMA,
        "gradekit": batch.version,
        "lab": batch.lab.name,
        "lab_version": batch.lab.version,
        "seed": batch.seed,
        "isolation": batch.isolation,
        "max_score": batch.lab.max_score,
        "submissions": [_clean(_entry(batch, verdict)) for verdict in batch.verdicts],
    }


def _entry(batch: Batch, verdict: Verdict) -> dict[str, Any]:
    """Return one submission: its verdict without the time it took, attempts, override."""
    data: dict[str, Any] = msgspec.to_builtins(verdict)
    del data["seconds"]  # the only field that two runs disagree in; the store has it
    data["attempt"], data["attempts"] = batch.attempt(verdict)
    override = batch.overrides.get(verdict.student)
    names = ("score", "author", "reason", "at")
    data["override"] = {name: getattr(override, name) for name in names} if override else None
    return data


def _clean(value: Any) -> Any:
    """Return plain data whose text can be encoded, whatever a file was called."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def write_json(data: Any, path: Path) -> None:
    """Write data as readable JSON, whole or not at all."""
    text = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    write_whole(path, as_json(text).encode() + b"\n")


@hookimpl
def gradekit_write_report(batch: Batch, out: Path) -> str:
    """Write verdicts.json."""
    write_json(as_data(batch), out / "verdicts.json")
    return "verdicts.json"
