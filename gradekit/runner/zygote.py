"""The warm process: import torch once, then fork a runner for each request.

One SEQPACKET control socket per judge. A request carries two descriptors (data socket, output
pipe) and the runner's limits; the answer carries the runner's pidfd. When a runner ends, its
status goes to the judge that asked for it, and whatever it left behind is killed: the zygote is
the subreaper of all, so orphans become its children.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import torch

from gradekit.runner import confine
from gradekit.runner.load import Refuse
from gradekit.runner.observe import operations, quiet
from gradekit.runner.serve import serve

__all__ = ["Config", "Exited", "Spawn", "Started", "main"]


class Config(msgspec.Struct):
    """What the zygote is told at start, as JSON."""

    controls: list[int]  # descriptors, one for each judge
    modules: list[str]  # the labs' drive modules, to import before the first fork
    secrets: list[str]  # modules that must not be here: references, mistakes, properties
    paths: list[str]  # sys.path as the judge has it


class Spawn(msgspec.Struct):
    """A judge's request for a runner."""

    limits: confine.Limits


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
    scratch: str


def main(config_json: str) -> None:
    """Run the zygote until all judges have hung up."""
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)
    config = msgspec.json.decode(config_json, type=Config)
    sys.path[:] = config.paths
    controls = [socket.socket(fileno=fd) for fd in config.controls]
    problem = _prepare(config)
    for control in controls:
        control.send(msgspec.json.encode(problem or Started(os.getpid())))
    if problem:
        return
    _Zygote(controls).run()


def _prepare(config: Config) -> Problem | None:
    """Import what runners need, refuse what they must not have, warm up."""
    confine.prctl(confine.PR_SET_CHILD_SUBREAPER, 1)
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


class _Zygote:
    def __init__(self, controls: list[socket.socket]) -> None:
        self.controls = controls
        self.children: dict[int, Child] = {}  # by pidfd
        self.keep_reading = os.geteuid() == 0 and confine.unreadable_without_root(sys.path)
        self.threads = 0 if os.geteuid() == 0 else confine.own_threads()

    def run(self) -> None:
        while self.controls:
            asked = {control.fileno(): control for control in self.controls}
            for fd in select.select([*asked, *self.children], [], [])[0]:
                if fd in asked:
                    self._request(asked[fd])
                else:
                    self._reap(fd)

    def _request(self, control: socket.socket) -> None:
        try:
            message, fds, _, _ = socket.recv_fds(control, 65_536, 2)
        except ConnectionResetError:
            message, fds = b"", []
        if not message:
            self.controls.remove(control)
            return
        spawn = msgspec.json.decode(message, type=Spawn)
        scratch = tempfile.mkdtemp(prefix="gradekit-")
        limits = replace(
            spawn.limits,
            scratch=scratch,
            keep_reading=self.keep_reading,
            threads_before=self.threads,
        )
        pid = os.fork()
        if pid == 0:
            self._become_runner(fds, limits)
        for fd in fds:
            os.close(fd)
        pidfd = os.pidfd_open(pid)
        self.children[pidfd] = Child(pid, control, scratch)
        socket.send_fds(control, [msgspec.json.encode(Started(pid))], [pidfd])

    def _become_runner(self, fds: list[int], limits: confine.Limits) -> None:
        """Confine this forked child and serve; never returns."""
        try:
            data, output = fds
            null = os.open("/dev/null", os.O_RDONLY)
            os.dup2(null, 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            keep = os.dup2(data, 3) if data != 3 else 3
            os.closerange(4, 4096)
            confine.apply(limits)
            serve(socket.socket(fileno=keep))
        except BaseException as error:  # noqa: BLE001  # a forked child must never go on as zygote
            os.write(2, f"gradekit: runner: {error!r}\n".encode())
        finally:
            os._exit(113)

    def _reap(self, pidfd: int) -> None:
        child = self.children.pop(pidfd)
        _, status = os.waitpid(child.pid, 0)
        os.close(pidfd)
        self._kill_strays()
        shutil.rmtree(child.scratch, ignore_errors=True)
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
