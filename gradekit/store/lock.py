"""One grader per folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from gradekit.errors import UsageError

__all__ = ["locked"]

PATIENCE_S = 2.0  # judges of a grader that was just killed may hold its lock a moment longer


@contextlib.contextmanager
def locked(folder: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold a folder for this process; it is free again when the process ends, however it ends.

    Raises: UsageError when another process holds it, OSError.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        deadline = time.monotonic() + patience_s
        while not _taken(descriptor):
            if time.monotonic() > deadline:
                raise UsageError(
                    f"another gradekit is at work in {folder}; wait until it is done, or"
                    " choose another folder"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
