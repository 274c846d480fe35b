"""The Linux calls that Python's standard library does not have, through libc.

Each raises OSError with the kernel's reason. Numbers come from the kernel's uapi headers.
"""

from __future__ import annotations

import ctypes
import os
import struct
from functools import cache
from typing import Any

__all__ = [
    "capabilities",
    "mount",
    "pivot_root",
    "prctl",
    "seal",
    "sethostname",
    "setns",
    "syscall",
    "umount",
    "unshare",
]

NEWNS, NEWUTS, NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
NEWUSER, NEWPID, NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT = 1, 2, 4, 8, 32
BIND, REC, PRIVATE = 4096, 16384, 1 << 18
DETACH = 2  # umount2

SET_PDEATHSIG, SET_DUMPABLE, SET_KEEPCAPS = 1, 4, 8
SET_SECCOMP, CAPBSET_DROP = 22, 24
SET_CHILD_SUBREAPER, SET_NO_NEW_PRIVS, CAP_AMBIENT = 36, 38, 47
CAP_DAC_READ_SEARCH = 2

_MOUNT_SETATTR = 442  # the same number on every architecture, as all calls since 2019
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, value: int, more: int = 0) -> None:
    """Set one of this process's attributes."""
    arguments = [ctypes.c_ulong(number) for number in (value, more, 0, 0)]
    _checked(_libc().prctl(option, *arguments), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave namespaces for new ones."""
    _checked(_libc().unshare(flags), f"unshare {flags:#x}")


def setns(fd: int, flags: int) -> None:
    """Enter the namespace that a descriptor names."""
    _checked(_libc().setns(fd, flags), f"setns {flags:#x}")


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """Mount `source` on `target`; empty text means that there is none."""
    texts = [text.encode() if text else None for text in (source, target, kind)]
    result = _libc().mount(*texts, ctypes.c_ulong(flags), data.encode() if data else None)
    _checked(result, f"mount {target}")


def umount(target: str) -> None:
    """Take a mount away, now or when its last user is done."""
    _checked(_libc().umount2(target.encode(), DETACH), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root; the old one lies at `old` from then on."""
    _checked(_libc().pivot_root(new.encode(), old.encode()), f"pivot_root {new}")


def seal(target: str) -> None:
    """Make a mount and all below it read-only, without devices or set-user-id programs."""
    attributes = struct.pack("QQQQ", RDONLY | NOSUID | NODEV, 0, 0, 0)
    try:
        syscall(_MOUNT_SETATTR, _AT_FDCWD, target.encode(), _AT_RECURSIVE, attributes, 32)
    except OSError:  # before Linux 5.12: this mount alone, with what it has already
        had = os.statvfs(target).f_flag & 0xF
        mount("", target, "", BIND | REMOUNT | RDONLY | NOSUID | NODEV | had)


def sethostname(name: str) -> None:
    """Name this UTS namespace's host."""
    raw = name.encode()
    _checked(_libc().sethostname(raw, ctypes.c_size_t(len(raw))), "sethostname")


def capabilities(mask: int) -> None:
    """Keep these capabilities alone, and make it impossible to gain others."""
    for number in range(64):
        try:
            prctl(CAPBSET_DROP, number)
        except OSError:
            break  # past the last one that this kernel has, or nothing left to drop
    header = struct.pack("Ii", 0x2008_0522, 0)
    data = struct.pack("IIIIII", mask, mask, 0, 0, 0, 0)
    _checked(_libc().capset(header, data), "capset")


def syscall(number: int, *arguments: Any) -> int:
    """Make a system call that libc has no function for."""
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc().syscall(ctypes.c_long(number), *given), f"system call {number}")
