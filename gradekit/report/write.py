"""Files that are whole or not there: written under another name, then renamed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["sweep", "write_whole"]

PART = ".gradekit-part"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file; whoever looks sees the old one or the new one, also after a crash.

    Raises: OSError that names the file; then the old one is there as it was.
    """
    part = path.with_name(f".{path.name}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise


def sweep(folder: Path) -> None:
    """Remove what a writer that was killed left behind in a batch's folder."""
    for place in (folder, folder / "feedback"):
        for part in place.glob(f".*{PART}"):
            part.unlink()
