"""The system calls that a runner may make, as a seccomp filter that libseccomp compiles.

An allow-list: what torch, numpy and Python need inside one process, threads included. All else
fails with EPERM, so Python raises PermissionError. libseccomp knows the numbers of each
architecture; every distribution that has systemd or apt has it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket

from gradekit.runner.confine.kernel import SET_SECCOMP, prctl

__all__ = ["compiled", "install", "own_signals"]

LIBRARY = "libseccomp.so.2"
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_REFUSE = _ERRNO | errno.EPERM
_DEFAULT_BAD_ARCH, _OPTIMIZE = 2, 8  # libseccomp's filter attributes
_EQ, _MASKED_EQ, _NE = 4, 7, 1
_CLONE_THREAD = 0x0001_0000
_SET_NAME, _SET_VMA = 15, 0x5356_4D41
_TERMINAL_QUERIES = (0x5401, 0x541B, 0x5451, 0x5450, 0x5421)  # TCGETS FIONREAD FI(O|ON)CLEX FIONBIO
# DUPFD to SETLKW, locks of open files, DUPFD_CLOEXEC, sizes of pipes; not SETOWN and SETSIG, by
# which the kernel sends any signal to any process of the same user.
_FCNTL = (*range(8), 36, 37, 38, 1030, 1031, 1032)
_SOCKET_TYPE = 0xF
_MODE_FILTER = 2

ALLOWED = """
    access arch_prctl brk chdir clock_getres clock_gettime clock_nanosleep close close_range
    copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait
    epoll_pwait2 epoll_wait eventfd eventfd2 exit exit_group faccessat faccessat2 fadvise64
    fallocate fchdir fdatasync fgetxattr flistxattr flock fstat fstatfs
    fsync ftruncate futex get_mempolicy get_robust_list getcpu getcwd getdents getdents64 getegid
    geteuid getgid getgroups getitimer getpeername getpgid getpgrp getpid getppid getpriority
    getrandom getresgid getresuid getrlimit getrusage getsid getsockname getsockopt gettid
    gettimeofday getuid getxattr lgetxattr link linkat listxattr llistxattr lseek lstat madvise
    mbind membarrier mincore mkdir mkdirat mlock mmap mprotect mremap msync munlock munmap
    nanosleep newfstatat open openat openat2 pause pipe pipe2 poll ppoll pread64 preadv preadv2
    pselect6 pwrite64 pwritev pwritev2 read readlink readlinkat readv recvfrom recvmsg rename
    renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask
    rt_sigreturn rt_sigsuspend rt_sigtimedwait sched_get_priority_max sched_get_priority_min
    sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_yield
    select sendfile sendmsg sendto set_mempolicy set_robust_list set_tid_address setitimer
    setsockopt shutdown sigaltstack stat statfs statx symlink symlinkat sysinfo time timer_create
    timer_delete timer_getoverrun timer_gettime timer_settime times umask uname unlink
    unlinkat wait4 waitid write writev alarm
"""
ON_OWN_FILES = "chmod fchmod fchmodat truncate utime utimes utimensat"


class _Compare(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class _Filter:
    """libseccomp's filter under construction."""

    def __init__(self, library: ctypes.CDLL, default: int) -> None:
        self.library = library
        library.seccomp_init.restype = ctypes.c_void_p
        self.context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(default)))
        if not self.context:
            raise OSError(errno.ENOMEM, "libseccomp made no filter")

    def rule(self, action: int, name: str, *compares: tuple[int, int, int, int]) -> None:
        """Add a rule for a call; one that this architecture does not have needs none."""
        number = self.library.seccomp_syscall_resolve_name(name.encode())
        if number == -1:
            return
        array = (_Compare * max(1, len(compares)))(*(_Compare(*c) for c in compares))
        code = self.library.seccomp_rule_add_array(
            self.context, ctypes.c_uint32(action), number, len(compares), array
        )
        if code < 0 and code != -errno.EDOM:  # EDOM: a pseudo number, the call is not there
            raise OSError(-code, f"libseccomp refused the rule for {name}")

    def attribute(self, name: int, value: int) -> None:
        """Set one of the filter's attributes; older libraries lack some, which does no harm."""
        self.library.seccomp_attr_set(self.context, name, ctypes.c_uint32(value))

    def program(self) -> bytes:
        """Return the compiled program."""
        read, write = os.pipe()
        try:
            code = self.library.seccomp_export_bpf(self.context, write)
        finally:
            os.close(write)
        with os.fdopen(read, "rb") as stream:
            program = stream.read()
        self.library.seccomp_release(self.context)
        if code < 0:
            raise OSError(-code, "libseccomp did not compile the filter")
        return program


def compiled(*, own_files: bool) -> bytes:
    """Return the allow-list for this machine's architecture.

    own_files: the file system holds nothing of the user's, so modes and times may be changed, and
    files be cut by name; Landlock does not guard those, or not on each kernel that has it.

    Raises: OSError where libseccomp is not installed.
    """
    made = _Filter(_library(), _REFUSE)
    made.attribute(_DEFAULT_BAD_ARCH, _KILL_PROCESS)
    made.attribute(_OPTIMIZE, 2)  # a tree, not a list: fewer steps for each call
    for name in [*ALLOWED.split(), *(ON_OWN_FILES if own_files else "").split()]:
        made.rule(_ALLOW, name)
    made.rule(_ALLOW, "tgkill")  # `own_signals` says whom
    made.rule(_ALLOW, "clone", (0, _MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD))
    made.rule(_ERRNO | errno.ENOSYS, "clone3")  # libc takes clone instead
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):  # a datagram can go to any address
        unix = (0, _EQ, socket.AF_UNIX, 0)
        made.rule(_ALLOW, "socketpair", unix, (1, _MASKED_EQ, _SOCKET_TYPE, kind))
    for command in _FCNTL:
        made.rule(_ALLOW, "fcntl", (1, _EQ, command, 0))
    made.rule(_ALLOW, "sched_setaffinity", (0, _EQ, 0, 0))  # its own, nobody else's
    made.rule(_ALLOW, "prlimit64", (2, _EQ, 0, 0))  # to read limits, not to set them
    for option in (_SET_NAME, _SET_VMA):
        made.rule(_ALLOW, "prctl", (0, _EQ, option, 0))
    for query in _TERMINAL_QUERIES:
        made.rule(_ALLOW, "ioctl", (1, _EQ, query, 0))
    return made.program()


def own_signals() -> bytes:
    """Return a filter by which this process can signal no other."""
    made = _Filter(_library(), _ALLOW)
    made.rule(_REFUSE, "tgkill", (0, _NE, os.getpid(), 0))
    return made.program()


def install(program: bytes) -> None:
    """Put a compiled filter in force for this process and all of its threads."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.addressof(buffer))
    prctl(SET_SECCOMP, _MODE_FILTER, ctypes.addressof(header))


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(LIBRARY)
