"""Limits that any Unix offers, and the user that a runner is."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Limits", "own_limits", "own_place", "own_threads", "unreadable_without_root"]

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one runner may use."""

    cpu_s: int = 120
    address_mib: int = 4096
    memory_mib: int = 3072  # all of its processes, and the scratch
    file_mib: int = 16
    scratch_mib: int = 64
    scratch_files: int = 4096
    open_files: int = 128
    processes: int = 64  # processes and threads beyond those its user already has


def own_limits(limits: Limits, threads_before: int) -> None:
    """Bound CPU seconds, address space, file size, open files, processes; no core files."""
    bounds = {
        resource.RLIMIT_CPU: limits.cpu_s,
        resource.RLIMIT_AS: limits.address_mib * MIB,
        resource.RLIMIT_FSIZE: limits.file_mib * MIB,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: limits.processes + threads_before,
    }
    if sys.platform == "linux":
        bounds[resource.RLIMIT_MSGQUEUE] = 0
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (value, value))


def own_place(folder: str) -> None:
    """Work in an own folder with an environment that says nothing."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(
        HOME=folder, TMPDIR=folder, PATH="/usr/bin:/bin", OMP_NUM_THREADS="1", USER="student"
    )
    tempfile.tempdir = folder  # the zygote may have asked already, and has another one


def own_threads() -> int:
    """Count the threads that this process's user has now; RLIMIT_NPROC counts those too."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if status.stat().st_uid == os.getuid():
                total += len(list((status.parent / "task").iterdir()))
        except OSError:
            continue  # that process has just ended
    return total


def unreadable_without_root(paths: list[str], *, with_parents: bool) -> bool:
    """Tell whether a folder of `paths`, or one on the way to it, is closed to other users."""
    for name in paths:
        place = Path(os.path.realpath(name))
        for step in [place, *place.parents] if with_parents else [place]:
            try:
                if step.is_dir() and not step.stat().st_mode & 0o001:
                    return True
            except OSError:
                return True
    return False
