"""Namespaces: what is seen, what ends with them, and how much a scratch takes."""

from __future__ import annotations

import errno
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradekit.runner.confine import kernel, namespaces, view

InChild = Callable[[Callable[[], Any]], Any]

needed = pytest.mark.usefixtures("with_namespaces")


def test_the_trial_leaves_this_process_as_it_was() -> None:
    """Only a child tries; its mounts and its name for the host are not ours."""
    before = os.readlink("/proc/self/ns/mnt"), socket.gethostname(), os.getcwd()
    namespaces.offered()
    assert (os.readlink("/proc/self/ns/mnt"), socket.gethostname(), os.getcwd()) == before


def test_the_trial_says_why_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's reason is told."""

    def refuse(flags: int) -> None:
        raise OSError(errno.EPERM, "not on this machine")

    monkeypatch.setattr(kernel, "unshare", refuse)
    assert namespaces.offered() == "not on this machine"


def test_a_trial_that_is_killed_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word, nothing is offered."""
    monkeypatch.setattr(kernel, "unshare", lambda flags: os.kill(os.getpid(), signal.SIGKILL))
    assert namespaces.offered() == "the trial was killed"


@needed
def test_who_enters_is_the_first_process(in_child: InChild) -> None:
    """It is number one, and nobody outside has a number."""

    def entered() -> list[int]:
        namespaces.enter()
        return [os.getpid(), os.getppid()]

    assert in_child(entered).value == [1, 0]


def _leave_a_sleeper() -> int:
    """Start a process that would sleep for three seconds, and go."""
    child = os.fork()
    if child == 0:
        os.setsid()
        os.closerange(0, 3)
        time.sleep(3)
        os._exit(0)
    return child


@needed
def test_what_is_left_behind_ends_with_the_first_process(in_child: InChild) -> None:
    """The report's end comes at once, as nobody holds its pipe; outside it comes with the sleep."""

    def inside() -> None:
        namespaces.enter()
        _leave_a_sleeper()

    start = time.monotonic()
    assert in_child(inside).error == ""
    assert time.monotonic() - start < 2.0
    start = time.monotonic()
    assert in_child(lambda: bool(_leave_a_sleeper())).value
    assert time.monotonic() - start > 2.5


@needed
def test_a_user_of_its_own_is_not_root(in_child: InChild) -> None:
    """Inside it has a number whose processes limits count."""

    def become() -> list[int]:
        namespaces.own_user()
        return [os.getuid(), os.getgid()]

    assert in_child(become).value == [namespaces.INNER_ID] * 2


@needed
def test_no_network_is_left(in_child: InChild, powers: Callable[[], None]) -> None:
    """A listener of this machine is reached before and not after."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()

        def connect() -> list[str]:
            powers()
            socket.create_connection(address, 5).close()
            namespaces.own_namespaces()
            try:
                socket.create_connection(address, 5).close()
            except OSError as error:
                return [str(error.errno)]
            return ["connected"]

        told = in_child(connect)
    assert (told.error, told.value) == ("", [str(errno.ENETUNREACH)])


@needed
def test_the_host_has_another_name_inside_only(
    in_child: InChild, powers: Callable[[], None]
) -> None:
    """The machine's name is not told, and not changed."""
    name = socket.gethostname()

    def inside() -> str:
        powers()
        namespaces.own_namespaces()
        return socket.gethostname()

    assert in_child(inside).value == "gradekit"
    assert socket.gethostname() == name


@pytest.fixture
def scratch(powers: Callable[[], None]) -> Callable[[], None]:
    """Return a function that goes to work in a scratch of 1 MiB and few files."""

    def enter() -> None:
        powers()
        view.build([], [])
        namespaces.own_namespaces()
        namespaces.fill_scratch(1, 16, os.getuid())
        os.chdir(view.SCRATCH)

    return enter


def _met(action: Callable[[], Any]) -> str:
    try:
        action()
    except OSError as error:
        return os.strerror(error.errno or 0)
    return ""


@needed
def test_a_scratch_takes_so_many_bytes(
    in_child: InChild, scratch: Callable[[], None], tmp_path: Path
) -> None:
    """A first file goes in, one of two MiB does not; elsewhere it would."""

    def fill() -> list[str]:
        outside = _met(lambda: (tmp_path / "big").write_bytes(bytes(2 << 20)))
        scratch()
        small = _met(lambda: Path("small").write_bytes(b"x"))
        return [outside, small, _met(lambda: Path("big").write_bytes(bytes(2 << 20)))]

    assert in_child(fill).value == ["", "", os.strerror(errno.ENOSPC)]


@needed
def test_a_scratch_takes_so_many_files(
    in_child: InChild, scratch: Callable[[], None], tmp_path: Path
) -> None:
    """Empty files are counted as well."""

    def fill() -> list[str]:
        outside = _met(lambda: [(tmp_path / str(n)).write_bytes(b"") for n in range(40)])
        scratch()
        return [outside, _met(lambda: [Path(str(n)).write_bytes(b"") for n in range(40)])]

    assert in_child(fill).value == ["", os.strerror(errno.ENOSPC)]


@needed
def test_nothing_is_run_from_a_scratch(
    in_child: InChild, scratch: Callable[[], None], tmp_path: Path
) -> None:
    """A program that is put there is not executed; the same one elsewhere is."""
    program = "#!/bin/true\n"

    def run(path: Path) -> str:
        path.write_text(program)
        path.chmod(0o755)
        child = os.fork()
        if child == 0:
            try:
                os.execv(path, [str(path)])  # noqa: S606  # a decoy
            except OSError as error:
                os._exit(error.errno or 1)
        return os.strerror(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    def both() -> list[str]:
        outside = run(tmp_path / "program")
        scratch()
        Path("probe").write_text("")
        return [outside, run(Path("program").absolute())]

    told = in_child(both)
    assert told.value == [os.strerror(0), os.strerror(errno.EACCES)]
