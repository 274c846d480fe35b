"""The layers together: each is tried, what holds is told, and what held must hold."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gradekit.runner.confine import Confinement, layers
from gradekit.runner.confine.layers import WHAT, Person
from gradekit.wire.layers import level_of

InChild = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Return a runner that works in a folder of the test's."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Person(0, str(scratch), "gradekit-test")


def _tried() -> Confinement:
    """Go through all that a zygote does before it forks its first runner."""
    made = Confinement.begin(wanted=True)
    made.settle(sys.path, {"gradekit"})
    made.try_on()
    return made


def _apart(made: Confinement, action: Callable[[], Any]) -> str:
    """Return what an action tells in a confined runner that is forked as a zygote forks one."""
    read, write = os.pipe()
    person = Person(0, made.scratch(0), "gradekit-apart")
    child = made.fork(person)
    if child == 0:
        try:
            os.dup2(write, 3)
            made.apply(person)
            try:
                said = str(action())
            except OSError as error:
                said = type(error).__name__
            os.write(3, said.encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return said


def test_where_none_is_wanted_none_but_the_harmless_are_on() -> None:
    """The reason is that it was asked for, and the level says it."""
    told = Confinement.begin(wanted=False).layers()
    assert {layer.name for layer in told if not layer.off} == {"descriptors", "session"}
    assert {layer.off for layer in told if layer.off} == {"isolation 'none' was asked for"}
    assert level_of(told) == "none"


def test_every_layer_is_told_of_in_words() -> None:
    """What is off has advice where there is any; what is on has none."""
    made = Confinement(off={"files": "no such call"})
    told = {layer.name: layer for layer in made.layers()}
    assert set(told) == set(WHAT)
    assert all(layer.what for layer in told.values())
    assert "landlock" in told["files"].advice
    assert told["system-calls"].advice == ""


def test_elsewhere_than_on_linux_its_layers_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits and the session are what any Unix has; the level is no more than that."""
    monkeypatch.setattr(sys, "platform", "darwin")
    made = Confinement.begin(wanted=True)
    assert set(WHAT) - set(made.off) == {"descriptors", "session", "limits"}
    assert set(made.off.values()) == {layers.LINUX_ONLY}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Confinement:
    """Return a confinement of two layers, of which the first fails."""

    def fail(person: Person) -> None:
        raise OSError(errno.EPERM, "not today")

    made = Confinement()
    steps = [("privileges", fail), ("session", lambda person: None)]
    monkeypatch.setattr(made, "_runner_layers", lambda: steps)
    return made


def test_what_fails_in_the_trial_is_noted(
    in_child: InChild, broken: Confinement, person: Person
) -> None:
    """The other layers are tried all the same."""

    def trial() -> dict[str, str]:
        broken.apply(person, trial=True)
        return broken.off

    assert in_child(trial).value == {"privileges": "not today"}


def test_what_fails_later_stops_the_runner(
    in_child: InChild, broken: Confinement, person: Person
) -> None:
    """A layer that held in the trial and fails now is an error."""
    told = in_child(lambda: broken.apply(person))
    assert told.error == "PermissionError: [Errno 1] not today"


def test_what_was_off_in_the_trial_is_passed_over(
    in_child: InChild, broken: Confinement, person: Person
) -> None:
    """A machine without it grades without it, if it was told to."""
    broken.off["privileges"] = "not on this machine"
    assert in_child(lambda: broken.apply(person)).error == ""


def test_a_first_runner_that_says_nothing_is_an_error(
    in_child: InChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence is not taken for a layer that holds."""
    made = Confinement()
    monkeypatch.setattr(made, "_own_session", lambda person: os.kill(os.getpid(), signal.SIGKILL))
    told = in_child(made.try_on)
    assert "ended before it could say which layers hold" in told.error


@pytest.mark.usefixtures("with_namespaces")
def test_all_layers_hold_together(in_child: InChild) -> None:
    """Where namespaces, Landlock and libseccomp are, only groups may be off."""

    def names() -> list[str]:
        return sorted(layer.name for layer in _tried().layers() if layer.off)

    told = in_child(names)
    assert told.error == ""
    optional = {"memory-group", "files", "system-calls"}  # as the kernel and libraries have them
    assert set(told.value) <= optional


ATTACKS: dict[str, Callable[[Path, int], Any]] = {
    "reads": lambda decoy, port: decoy.read_text(),
    "writes": lambda decoy, port: decoy.with_name("new").write_text("x"),
    "connects": lambda decoy, port: socket.create_connection(("127.0.0.1", port), 5).close(),
    "forks": lambda decoy, port: os.fork() or os._exit(0),
}


@pytest.mark.usefixtures("with_namespaces")
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_confined_runner_is_stopped(
    in_child: InChild, tmp_path: Path, attack: Callable[[Path, int], Any]
) -> None:
    """The same action works in a runner that nothing is applied to."""
    tmp_path.chmod(0o777)
    decoy = tmp_path / "decoy"
    decoy.write_text("decoy")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        free = in_child(lambda: bool(attack(decoy, port)) or "worked")
        held = in_child(lambda: _apart(_tried(), lambda: bool(attack(decoy, port)) or "worked"))
    assert (free.error, bool(free.value)) == ("", True)
    assert held.error == ""
    assert held.value.endswith("Error"), held.value


@pytest.mark.usefixtures("with_namespaces")
def test_a_confined_runner_works_in_its_scratch(in_child: InChild) -> None:
    """It writes there, and temporary files go there too, wherever the zygote had put its own."""

    def work() -> str:
        Path("x").write_text("x")
        with tempfile.NamedTemporaryFile("w") as stream:
            stream.write("x")
        return f"{os.getcwd()} {tempfile.gettempdir()}"

    def runner() -> str:
        tempfile.tempdir = "/var/tmp"  # noqa: S108  # as after an import that asked
        return _apart(_tried(), work)

    told = in_child(runner)
    assert (told.error, told.value) == ("", "/scratch /scratch")


@pytest.mark.usefixtures("with_namespaces")
def test_a_runner_sees_no_process_but_itself(in_child: InChild) -> None:
    """It is the first of its space, and its parent has no number in it."""
    told = in_child(lambda: _apart(_tried(), lambda: [os.getpid(), os.getppid()]))
    assert told.value == "[1, 0]"


def test_no_descriptor_but_four_is_left(in_child: InChild, tmp_path: Path) -> None:
    """A file that was open before is closed in the runner, whatever its number."""
    made = Confinement()

    def opened() -> list[int]:
        stream = os.open(tmp_path, os.O_RDONLY)
        high = os.dup2(stream, 300)
        made._close(Person(0, "", ""))
        return [fd for fd in range(1024) if _is_open(fd)] + ([] if high == 300 else [-1])

    assert in_child(opened).value == [0, 1, 2, 3]


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give runners a user of their own")
@pytest.mark.usefixtures("with_namespaces")
def test_as_root_each_slot_is_another_user(in_child: InChild, tmp_path: Path) -> None:
    """Neither is root, and what was root's alone can't be read."""
    made = Confinement(inside=True)
    closed = tmp_path / "closed"
    closed.write_text("decoy")
    closed.chmod(0o600)

    def become(slot: int) -> str:
        made._own_user(Person(slot, "", ""))
        try:
            return closed.read_text()
        except PermissionError:
            return str(os.getuid())

    assert in_child(closed.read_text).value == "decoy"
    ids = [in_child(partial(become, slot)).value for slot in (0, 1)]
    assert ids == [str(layers.FIRST_UID), str(layers.FIRST_UID + 1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root always can")
def test_a_normal_user_outside_of_namespaces_has_no_other(in_child: InChild) -> None:
    """That layer is off, with the reason."""
    told = in_child(lambda: Confinement()._own_user(Person(0, "", "")))
    assert "only root, or namespaces" in told.error
