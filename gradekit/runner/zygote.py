"""The warm process: import torch once, then fork a runner for each request.

One SEQPACKET control socket per judge. A request carries two descriptors (data socket, output
pipe); the answer carries the runner's pidfd. When a runner ends, its status goes to the judge
that asked for it, and whatever it left behind is killed: where runners have no namespaces of
their own, the zygote is the subreaper of all, so orphans become its children.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import select
import shutil
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch

from gradekit.runner.confine import Confinement, kernel
from gradekit.runner.confine.layers import Person
from gradekit.runner.confine.view import own_names
from gradekit.runner.courtesy import loaders_without_workers
from gradekit.runner.load import Refuse
from gradekit.runner.observe import operations, quiet
from gradekit.runner.serve import serve
from gradekit.wire.layers import Layer

__all__ = ["Config", "Exited", "Ready", "Spawn", "Started", "main"]


LOOK_S = 0.1  # how often scratch folders are measured that have no limit of their own


class Config(msgspec.Struct):
    """What the zygote is told at start, as JSON."""

    controls: list[int]  # descriptors, one for each judge
    modules: list[str]  # the labs' drive modules, to import before the first fork
    secrets: list[str]  # modules that must not be here: references, mistakes, properties
    paths: list[str]  # sys.path as the judge has it
    confined: bool = True


class Spawn(msgspec.Struct):
    """A judge's request for a runner; two descriptors come along."""

    slot: int  # which judge asks


class Ready(msgspec.Struct, tag="ready", tag_field="type"):
    """All is imported, and these layers of confinement were tried."""

    layers: list[Layer]


class Started(msgspec.Struct, tag="started", tag_field="type"):
    """A runner was forked; its pidfd comes along."""

    pid: int


class Exited(msgspec.Struct, tag="exited", tag_field="type"):
    """A runner ended with this wait status, or a request failed."""

    pid: int
    status: int


class Problem(msgspec.Struct, tag="problem", tag_field="type"):
    """The zygote can't do its work; the text says why. `lab` when a lab's author must act."""

    text: str
    lab: bool = False


@dataclass
class Child:
    """A live runner as the zygote sees it."""

    pid: int
    control: socket.socket
    person: Person


def main(config: Config, confinement: Confinement) -> None:
    """Run the zygote until all judges have hung up."""
    torch.set_num_threads(1)
    controls = [socket.socket(fileno=fd) for fd in config.controls]
    problem = _prepare(config) or _settle(config, confinement)
    for control in controls:
        with contextlib.suppress(OSError):  # that judge is gone
            control.send(msgspec.json.encode(problem or Ready(confinement.layers())))
    if problem:
        return
    _Zygote(controls, confinement).run()
    confinement.close()


def _settle(config: Config, confinement: Confinement) -> Problem | None:
    """Close the view, and see which layers hold on a first runner."""
    own = own_names([*config.modules, *config.secrets])
    try:
        confinement.settle(config.paths, own)
        confinement.try_on()
    except OSError as error:
        return Problem(f"runners can't be confined: {error.strerror or error}")
    return None


def _prepare(config: Config) -> Problem | None:
    """Import what runners need, refuse what they must not have, warm up."""
    if sys.platform == "linux":
        kernel.prctl(kernel.SET_CHILD_SUBREAPER, 1)
    for name in config.modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001  # a plugin's module may raise anything
            return Problem(f"drive module {name}: {type(error).__name__}: {error}", lab=True)
    leaked = sorted(set(config.secrets) & set(sys.modules))
    if leaked:
        return Problem(
            f"importing the drive modules brings {', '.join(leaked)} into the process with"
            " student code; define drives where neither references nor mistakes are imported",
            lab=True,
        )
    sys.meta_path.insert(0, Refuse((*config.secrets, "gradekit.judge", "gradekit_reference")))
    loaders_without_workers()
    _warm()
    gc.collect()
    gc.freeze()
    return None


def _warm() -> None:
    """Run what torch initialises lazily once, so that no runner has to."""
    layer = torch.nn.GRU(2, 3, batch_first=True).double()
    x = torch.randn(2, 3, 2, dtype=torch.float64, requires_grad=True)
    outputs = torch.tanh(torch.sigmoid(layer(x)[0])).softmax(-1)
    torch.autograd.grad(torch.einsum("bsh->", outputs), [x])
    torch.autograd.backward([layer(x)[0].sum()])
    str(x), layer.state_dict()
    with quiet(), torch.autograd.profiler.profile():
        torch.ones(1).add(1)
    operations(lambda: torch.autograd.grad(layer(x)[0].sum(), [x]))


def _stream(fd: int) -> io.TextIOWrapper:
    """Return a text stream to a runner's output, the same wherever gradekit's own output goes.

    It is flushed at each line: a runner that is killed flushes nothing.
    """
    raw = io.BufferedWriter(io.FileIO(fd, "w", closefd=False))
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", line_buffering=True)


class _Zygote:
    def __init__(self, controls: list[socket.socket], confinement: Confinement) -> None:
        self.controls, self.confinement = controls, confinement
        self.children: dict[int, Child] = {}  # by pidfd
        self.count = 0

    def run(self) -> None:
        while self.controls:
            asked = {control.fileno(): control for control in self.controls}
            wait_s = LOOK_S if self.children and not self.confinement.inside else None
            for fd in select.select([*asked, *self.children], [], [], wait_s)[0]:
                if fd in asked:
                    self._request(asked[fd])
                else:
                    self._reap(fd)
            for child in self.children.values() if wait_s is not None else ():
                if self.confinement.overfull(child.person):
                    os.kill(child.pid, signal.SIGKILL)

    def _request(self, control: socket.socket) -> None:
        try:
            message, fds, _, _ = socket.recv_fds(control, 65_536, 2)
        except ConnectionResetError:
            message, fds = b"", []
        if not message:
            self.controls.remove(control)
            return
        spawn = msgspec.json.decode(message, type=Spawn)
        self.count += 1
        person = Person(spawn.slot, self.confinement.scratch(spawn.slot), f"gradekit-{self.count}")
        pid = self.confinement.fork(person)
        if pid == 0:
            self._become_runner(fds, person)
        for fd in fds:
            os.close(fd)
        pidfd = os.pidfd_open(pid)
        self.children[pidfd] = Child(pid, control, person)
        socket.send_fds(control, [msgspec.json.encode(Started(pid))], [pidfd])

    def _become_runner(self, fds: list[int], person: Person) -> None:
        """Confine this forked child and serve; never returns."""
        try:
            data, output = fds
            null = os.open("/dev/null", os.O_RDONLY)
            os.dup2(null, 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            keep = os.dup2(data, 3) if data != 3 else 3
            sys.stdout, sys.stderr = _stream(1), _stream(2)
            self.confinement.apply(person)
            serve(socket.socket(fileno=keep))
        except BaseException as error:  # noqa: BLE001  # a forked child must never go on as zygote
            os.write(2, f"gradekit: runner: {error!r}\n".encode())
        finally:
            os._exit(113)

    def _reap(self, pidfd: int) -> None:
        child = self.children.pop(pidfd)
        _, status = os.waitpid(child.pid, 0)
        os.close(pidfd)
        if not self.confinement.inside:
            self._kill_strays()
            with contextlib.suppress(RecursionError):  # folders nested a thousand deep
                shutil.rmtree(child.person.scratch, ignore_errors=True)
        if self.confinement.groups is not None:
            self.confinement.groups.remove(child.person.group)
        with contextlib.suppress(OSError):  # that judge is gone; its socket will say so
            child.control.send(msgspec.json.encode(Exited(child.pid, status)))

    def _kill_strays(self) -> None:
        """Kill children that are no live runner: what ended runners left behind."""
        live = {child.pid for child in self.children.values()}
        listing = Path(f"/proc/self/task/{os.getpid()}/children")
        for _ in range(1000):  # each round kills one generation of a fork bomb
            strays = [int(pid) for pid in listing.read_text().split() if int(pid) not in live]
            if not strays:
                return
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
