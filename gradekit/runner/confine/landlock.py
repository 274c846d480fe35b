"""Landlock: which files a process may touch, whatever its user; also sockets and signals."""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Iterable

from gradekit.runner.confine.kernel import syscall

__all__ = ["READ", "WRITE", "restrict", "ruleset"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_PATH_BENEATH = 1
_VERSION = 1

# Bits of the kernel's LANDLOCK_ACCESS_FS_*, in order.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK, _REFER, _TRUNCATE, _IOCTL_DEV = 1 << 6, 1 << 11, 1 << 13, 1 << 14, 1 << 15
_ALL_OF_FIRST = (1 << 13) - 1
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
READ = _READ_FILE | _READ_DIR | _EXECUTE
WRITE = (_ALL_OF_FIRST | _REFER | _TRUNCATE) & ~(_MAKE_CHAR | _MAKE_BLOCK | _EXECUTE)
_TCP = 3  # bind and connect
_SCOPED = 3  # abstract unix sockets and signals stay inside


def ruleset(rules: Iterable[tuple[str, int]]) -> int:
    """Return a descriptor of a ruleset: each path with what may be done below it, and no more.

    Raises: OSError where the kernel has no Landlock.
    """
    try:
        version = syscall(_CREATE, None, 0, _VERSION)
    except OSError as error:
        text = "the kernel was built or started without Landlock"
        raise OSError(error.errno, text) from error
    handled = _ALL_OF_FIRST
    handled |= _REFER if version >= 2 else 0
    handled |= _TRUNCATE if version >= 3 else 0
    handled |= _IOCTL_DEV if version >= 5 else 0
    attributes = struct.pack(
        "QQQ", handled, _TCP if version >= 4 else 0, _SCOPED if version >= 6 else 0
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules_fd = syscall(_CREATE, attributes, size, 0)
    for path, access in rules:
        _add(rules_fd, path, access & handled)
    return rules_fd


def _add(rules_fd: int, path: str, access: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            access &= _ON_FILES
        syscall(_ADD, rules_fd, _PATH_BENEATH, struct.pack("=Qi", access, fd), 0)
    except OSError as error:
        if error.errno != errno.EBADFD:  # what lies in no real file system has no rules
            raise
    finally:
        os.close(fd)


def restrict(rules_fd: int) -> None:
    """Hold this process and all that it starts to the rules, for ever."""
    syscall(_RESTRICT, rules_fd, 0)
