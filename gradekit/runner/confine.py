"""Take everything from a runner that it does not need, before a student's byte is read.

Layers are applied in order in the forked child. Each is a function of its own that either takes
hold or raises OSError where the machine does not offer it; `apply` says which ones hold. Here
are limits, an own session, an own user, no new privileges; namespaces, Landlock and seccomp
have their place at the end of `LAYERS`.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import stat
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LAYERS", "Limits", "apply", "own_threads", "prctl", "unreadable_without_root"]

MIB = 1 << 20
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 36, 38, 24
CAP_DAC_READ_SEARCH = 2
FIRST_UID = 61_000  # above what distributions give to users and services


@dataclass(frozen=True)
class Limits:
    """What one runner may use."""

    cpu_s: int = 120
    address_mib: int = 4096
    file_mib: int = 16
    open_files: int = 128
    processes: int = 64  # processes and threads beyond those its user already has
    uid_slot: int = 0  # as root, runners of different slots are different users
    keep_reading: bool = False  # the interpreter lies where only root may read
    threads_before: int = 0
    scratch: str = "/"


def prctl(option: int, value: int) -> None:
    """Call prctl; OSError when the kernel refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


def own_session(limits: Limits) -> None:
    """Leave the judge's session and terminal; die with the zygote."""
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def own_user(limits: Limits) -> None:
    """As root, become a user that owns nothing, other than those of other runners."""
    if os.geteuid() != 0:
        raise OSError("not root: the runner stays the user that it is")
    uid = FIRST_UID + limits.uid_slot
    os.chown(limits.scratch, uid, uid)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    if limits.keep_reading:
        prctl(PR_SET_KEEPCAPS, 1)
    os.setresuid(uid, uid, uid)
    _keep_capabilities(1 << CAP_DAC_READ_SEARCH if limits.keep_reading else 0)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # changing the user cleared it


def _keep_capabilities(mask: int) -> None:
    header = struct.pack("Ii", 0x20080522, 0)
    data = struct.pack("IIIIII", mask, mask, 0, 0, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def own_limits(limits: Limits) -> None:
    """Bound CPU seconds, address space, file size, open files, processes; no core files."""
    bounds = {
        resource.RLIMIT_CPU: limits.cpu_s,
        resource.RLIMIT_AS: limits.address_mib * MIB,
        resource.RLIMIT_FSIZE: limits.file_mib * MIB,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: limits.processes + limits.threads_before,
    }
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (value, value))


def own_place(limits: Limits) -> None:
    """Work in an own scratch directory with an environment that says nothing."""
    os.chdir(limits.scratch)
    os.environ.clear()
    os.environ.update(
        HOME=limits.scratch, TMPDIR=limits.scratch, PATH="/usr/bin:/bin", OMP_NUM_THREADS="1"
    )


def no_new_privileges(limits: Limits) -> None:
    """Make set-user-id programs harmless."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


# Order matters: the scratch directory is given away by root, limits bind what comes after.
LAYERS: tuple[Callable[[Limits], None], ...] = (
    own_session,
    own_user,
    own_place,
    own_limits,
    no_new_privileges,
)
OPTIONAL = {"own_user"}  # the others must hold, or the runner does not start


def apply(limits: Limits) -> dict[str, str]:
    """Apply all layers; return what each optional one that does not hold says.

    Raises: OSError when a layer fails that every machine must offer.
    """
    off = {}
    for layer in LAYERS:
        try:
            layer(limits)
        except OSError as error:
            if layer.__name__ not in OPTIONAL:
                raise
            off[layer.__name__] = str(error)
    return off


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


def unreadable_without_root(paths: list[str]) -> bool:
    """Tell whether a folder on the way to some path is closed to other users."""
    for name in [*paths, sys.prefix, sys.base_prefix, sys.executable]:
        place = Path(os.path.realpath(name))
        for step in [place, *place.parents]:
            try:
                if step.is_dir() and not step.stat().st_mode & stat.S_IXOTH:
                    return True
            except OSError:
                return True
    return False
