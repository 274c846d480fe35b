"""Landlock's rules: each refusal beside the same action without them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from gradekit.runner.confine import kernel, landlock

InChild = Callable[[Callable[[], Any]], Any]


def _version() -> int:
    try:
        return kernel.syscall(444, None, 0, 1)
    except OSError:
        return 0


def needs(version: int) -> pytest.MarkDecorator:
    """Skip where the kernel's Landlock is older."""
    have = _version()
    return pytest.mark.skipif(
        have < version, reason=f"Landlock's interface is {have} here, {version} is asked for"
    )


pytestmark = needs(1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with one file that is open by the rules, and one that is not."""
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    (tmp_path / "open" / "way").symlink_to(tmp_path / "closed" / "file")
    return tmp_path


def both(in_child: InChild, rules: Sequence[tuple[str, int]], action: Callable[[], Any]) -> Any:
    """Return what the action meets under the rules; without them it must work."""

    def ruled() -> Any:
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
        landlock.restrict(landlock.ruleset(rules))
        return action()

    told = in_child(ruled)
    control = in_child(action)
    assert control.error == ""
    return told


def test_a_file_outside_the_rules_can_not_be_read(in_child: InChild, place: Path) -> None:
    """Whatever the file's mode and the process's user."""
    rules = [(str(place / "open"), landlock.READ)]
    told = both(in_child, rules, (place / "closed" / "file").read_text)
    assert told.error.startswith("PermissionError")


def test_a_file_in_the_rules_can_be_read(in_child: InChild, place: Path) -> None:
    """What is open stays open."""
    rules = [(str(place / "open"), landlock.READ)]
    assert both(in_child, rules, (place / "open" / "file").read_text).value == "open"


def test_a_link_opens_nothing(in_child: InChild, place: Path) -> None:
    """Where a link points counts, not where it lies."""
    rules = [(str(place / "open"), landlock.READ)]
    assert both(in_child, rules, (place / "open" / "way").read_text).error


def test_a_folder_outside_can_not_be_listed(in_child: InChild, place: Path) -> None:
    """Names of files are no less guarded than what they hold."""
    rules = [(str(place / "open"), landlock.READ)]
    told = both(in_child, rules, lambda: os.listdir(place / "closed"))
    assert told.error.startswith("PermissionError")


@pytest.mark.parametrize(
    "action",
    [
        lambda folder: (folder / "file").write_text("changed"),
        lambda folder: (folder / "new").touch(),
        lambda folder: (folder / "sub").mkdir(),
        lambda folder: os.symlink("file", folder / "link"),
        lambda folder: (folder / "file").unlink(),
    ],
    ids=["write", "create", "mkdir", "symlink", "remove"],
)
def test_what_may_be_read_may_not_be_written(
    in_child: InChild, place: Path, action: Callable[[Path], Any]
) -> None:
    """READ allows no change; WRITE allows them all."""
    folder = place / "open"
    refused = both(in_child, [(str(folder), landlock.READ)], lambda: bool(action(folder)))
    assert refused.error.startswith("PermissionError")
    (place / "second").mkdir()
    (place / "second" / "file").write_text("")

    def allowed() -> bool:
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
        rights = landlock.READ | landlock.WRITE
        landlock.restrict(landlock.ruleset([(str(place / "second"), rights)]))
        return bool(action(place / "second"))

    assert in_child(allowed).error == ""


@needs(3)
def test_a_file_outside_can_not_be_cut(in_child: InChild, place: Path) -> None:
    """Truncation by name is a write."""
    file = place / "closed" / "file"

    def ruled() -> None:
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
        landlock.restrict(landlock.ruleset([(str(place / "open"), landlock.READ)]))
        os.truncate(file, 0)

    assert in_child(ruled).error.startswith("PermissionError")
    assert file.read_text() == "closed"
    assert in_child(lambda: os.truncate(file, 0)).error == ""
    assert file.read_text() == ""


def test_a_path_that_is_missing_needs_no_rule(in_child: InChild, place: Path) -> None:
    """Machines differ in what they have; what is not there is passed over."""
    rules = [(str(place / "missing"), landlock.READ), (str(place / "open"), landlock.READ)]
    assert both(in_child, rules, (place / "open" / "file").read_text).value == "open"


def test_a_rule_may_name_one_file(in_child: InChild, place: Path) -> None:
    """Rights that only folders have are left out of it; its neighbour stays closed."""
    (place / "open" / "other").write_text("other")
    rules = [(str(place / "open" / "file"), landlock.READ | landlock.WRITE)]
    assert both(in_child, rules, (place / "open" / "file").read_text).value == "open"
    assert both(in_child, rules, (place / "open" / "other").read_text).error


@needs(4)
def test_no_tcp_connection_is_made(in_child: InChild, place: Path) -> None:
    """A listener of this machine is out of reach."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        told = both(in_child, [], lambda: socket.create_connection(address, 5).close())
    assert told.error.startswith("PermissionError")


@needs(6)
def test_no_signal_goes_out(in_child: InChild) -> None:
    """The process that started it can't be signalled."""
    told = both(in_child, [], lambda: os.kill(os.getppid(), 0))
    assert told.error.startswith("PermissionError")


@needs(6)
def test_no_abstract_socket_is_reached(in_child: InChild) -> None:
    """Names that lie in no file system are guarded, too."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0gradekit-test-{os.getpid()}")
        listener.listen(4)
        name = listener.getsockname()

        def connect() -> None:
            with socket.socket(socket.AF_UNIX) as sock:
                sock.connect(name)

        assert both(in_child, [], connect).error.startswith("PermissionError")


def test_rules_hold_for_children(in_child: InChild, place: Path) -> None:
    """A process that is started later is held as well."""

    def through_a_child() -> str:
        read, write = os.pipe()
        if os.fork() == 0:
            try:
                os.write(write, (place / "closed" / "file").read_bytes())
            except OSError as error:
                os.write(write, type(error).__name__.encode())
            finally:
                os._exit(0)
        os.wait()
        return os.read(read, 100).decode()

    told = both(in_child, [(str(place / "open"), landlock.READ)], through_a_child)
    assert told.value == "PermissionError"
