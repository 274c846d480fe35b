"""The filter of system calls: each refusal beside the same call without a filter."""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import mmap
import os
import resource
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gradekit.runner.confine import kernel, seccomp

InChild = Callable[[Callable[[], Any]], Any]
F_SETSIG = 10  # fcntl has no name for it before Python 3.13's


@pytest.fixture(autouse=True)
def needs_the_library() -> None:
    """Skip where libseccomp is not installed."""
    try:
        seccomp._library()
    except OSError as error:
        pytest.skip(f"libseccomp is not here: {error}")


def _filtered(action: Callable[[], Any], own_files: bool = False) -> Any:
    kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
    signals = seccomp.own_signals()
    program = seccomp.compiled(own_files=own_files)
    seccomp.install(signals)
    seccomp.install(program)
    return action()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _spawn() -> None:
    subprocess.run(["/bin/true"], check=True, timeout=5)


def _tcp() -> None:
    socket.socket().close()


def _signal_the_parent() -> None:
    os.kill(os.getppid(), 0)


def _signal_a_thread_of_the_parent() -> None:
    parent = os.getppid()
    if ctypes.CDLL(None, use_errno=True).tgkill(parent, parent, 0) < 0:
        raise OSError(ctypes.get_errno(), "tgkill")


def _signal_by_owner() -> None:
    """Have the kernel send signals to the parent; none is sent, as nothing arrives."""
    one, other = socket.socketpair()
    with one, other:
        fcntl.fcntl(one, fcntl.F_SETOWN, os.getppid())


def _choose_a_signal() -> None:
    one, other = socket.socketpair()
    with one, other:
        fcntl.fcntl(one, F_SETSIG, signal.SIGURG)


def _datagrams() -> None:
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.close()


def _pin_the_parent() -> None:
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))


def _namespace() -> None:
    kernel.unshare(kernel.NEWUSER)


def _lower_a_limit() -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except ValueError as error:  # Python's word for EPERM here
        raise PermissionError(*error.args) from None


def _memory_file() -> None:
    os.close(os.memfd_create("x"))


def _dumpable() -> None:
    kernel.prctl(kernel.SET_DUMPABLE, 1)


def _outlive_the_parent() -> None:
    kernel.prctl(kernel.SET_PDEATHSIG, 0)


def _session() -> None:
    os.setpgid(0, 0)


REFUSED = (
    _fork,
    _spawn,
    _tcp,
    _signal_the_parent,
    _signal_a_thread_of_the_parent,
    _signal_by_owner,
    _choose_a_signal,
    _datagrams,
    _pin_the_parent,
    _namespace,
    _lower_a_limit,
    _memory_file,
    _dumpable,
    _outlive_the_parent,
    _session,
)


@pytest.mark.parametrize("action", REFUSED, ids=lambda action: action.__name__.strip("_"))
def test_a_call_is_refused(in_child: InChild, action: Callable[[], None]) -> None:
    """What works in a child does not in one with the filter, and Python says that it may not."""
    control = in_child(action)
    if control.error and action is _namespace:
        pytest.skip(f"this user can't do that anyway: {control.error}")
    assert control.error == ""
    assert in_child(partial(_filtered, action)).error.startswith("PermissionError")


def _cut(path: Path) -> None:
    os.truncate(path, 0)


def _change_times(path: Path) -> None:
    os.utime(path, (1, 1))


def _change_mode(path: Path) -> None:
    os.chmod(path, 0o600)


@pytest.mark.parametrize("action", [_cut, _change_times, _change_mode])
def test_files_of_the_user_are_not_changed_by_name(
    in_child: InChild, action: Callable[[Path], None], tmp_path: Path
) -> None:
    """Where the user's files are in sight, what Landlock does not guard is refused."""
    file = tmp_path / "precious"
    file.write_text("precious")
    os.utime(file, (5, 5))
    before = file.stat()
    assert in_child(partial(_filtered, partial(action, file))).error.startswith("PermissionError")
    assert (file.read_text(), file.stat().st_mtime) == ("precious", 5)
    assert file.stat().st_mode == before.st_mode
    assert in_child(partial(_filtered, partial(action, file), True)).error == ""


def _threads() -> list[int]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda n: n + 1, range(8)))


def _event_loop() -> int:
    async def three() -> int:
        await asyncio.sleep(0)
        return await asyncio.to_thread(lambda: 3)

    return asyncio.run(three())


def _files(folder: Path) -> str:
    path = folder / "log.txt"
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        fcntl.lockf(stream, fcntl.LOCK_EX)
        os.set_inheritable(stream.fileno(), True)
        stream.write("x")
        stream.truncate(1)
    path.rename(folder / "moved")
    return (folder / "moved").read_text()


def _signals_to_itself() -> str:
    got: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
    signal.raise_signal(signal.SIGUSR1)
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
    return f"{len(got)} came"


def _memory() -> int:
    with mmap.mmap(-1, 1 << 20) as pages:
        pages[:1] = b"x"
        return pages[0]


def _pin_itself() -> None:
    os.sched_setaffinity(0, os.sched_getaffinity(0))


def _pipes() -> str:
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.write(write, b"x")
    return os.read(os.dup(read), 1).hex()


def _asks_for_a_terminal() -> bool:
    return os.isatty(os.pipe()[0])


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        (_threads, list(range(1, 9))),
        (_event_loop, 3),
        (_signals_to_itself, "2 came"),
        (_memory, ord("x")),
        (_pin_itself, None),
        (_pipes, "78"),
        (_asks_for_a_terminal, False),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_right_code_needs_is_allowed(
    in_child: InChild, action: Callable[[], Any], wanted: object
) -> None:
    """Threads, event loops, signals to itself, memory and pipes work under the filter."""
    told = in_child(partial(_filtered, action))
    assert (told.error, told.value) == ("", wanted)


def test_files_work_under_the_filter(in_child: InChild, tmp_path: Path) -> None:
    """Where files may be written is not the filter's business: open, lock, write, rename."""
    told = in_child(partial(_filtered, partial(_files, tmp_path)))
    assert (told.error, told.value) == ("", "x")


def test_the_filter_holds_threads_that_start_later(in_child: InChild) -> None:
    """A new thread can do no more than the one that it came from."""

    def elsewhere() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_tcp).result()

    assert in_child(elsewhere).error == ""
    assert in_child(partial(_filtered, elsewhere)).error.startswith("PermissionError")


def test_the_reason_is_told_where_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without libseccomp gives an OSError, which the trial notes."""
    monkeypatch.setattr(seccomp, "LIBRARY", "libseccomp-that-is-not-there.so")
    with pytest.raises(OSError, match="not-there"):
        seccomp.compiled(own_files=True)
