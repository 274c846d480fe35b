"""Start the zygote and talk to it and its runners, from the trusted side."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gradekit.errors import JudgeError, LabError
from gradekit.judge.watch import Budget, Deadline, Died, TimedOut, host_pid
from gradekit.wire.frames import MAX_REPLY_HEADER, Closed, encode, receive, send
from gradekit.wire.layers import Layer
from gradekit.wire.messages import Reply, decode_reply
from gradekit.wire.values import Payload, WireError

__all__ = ["RunnerProcess", "ZygoteClient", "ZygoteProcess"]

START_LIMIT_S = 120.0
READY_LIMIT = Budget(cpu_s=30.0, wall_s=60.0)
MAX_PRINTED = 64 << 10  # kept; the rest is read and dropped
MAX_OUTPUT = 64 << 20  # read at all; then the pipe is closed


class ZygoteProcess:
    """The zygote as its starter sees it: one client per judge, closed at the end."""

    def __init__(
        self, judges: int, modules: list[str], secrets: list[str], *, confined: bool = True
    ) -> None:
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(judges)]
        theirs = [pair[1].fileno() for pair in pairs]
        config = {
            "controls": theirs,
            "modules": modules,
            "secrets": secrets,
            "paths": [path for path in sys.path if path],
            "confined": confined,
        }
        self.clients = [ZygoteClient(pair[0], slot) for slot, pair in enumerate(pairs)]
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-B", "-P", "-m", "gradekit.runner", msgspec.json.encode(config)],
            pass_fds=theirs,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1", "PYTHONPATH": _path()},
            start_new_session=True,  # Ctrl-C is the judge's to handle
        )
        for pair in pairs:
            pair[1].close()

    def close(self) -> None:
        """Hang up and wait until the zygote and all runners are gone."""
        for client in self.clients:
            client.control.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _path() -> str:
    """Return where gradekit itself lies, for an interpreter that has it on no path."""
    return os.pathsep.join(path for path in sys.path if path)


@dataclass
class ZygoteClient:
    """One judge's line to the zygote."""

    control: socket.socket
    slot: int
    ready: bool = False
    layers: tuple[Layer, ...] = ()  # what holds the runners, once it is ready
    exits: dict[int, int] = field(default_factory=dict)

    def wait_ready(self) -> None:
        """Wait until the zygote has imported all it needs.

        Raises: LabError when a drive module can't be used, JudgeError when it does not start.
        """
        if self.ready:
            return
        message = self._receive(START_LIMIT_S)
        if message.get("type") == "problem":
            raise (LabError if message["lab"] else JudgeError)(message["text"])
        self.layers = tuple(msgspec.convert(message["layers"], list[Layer]))
        self.ready = True

    def spawn(self) -> RunnerProcess:
        """Have a runner forked, and return it when it is confined.

        Raises: JudgeError when the zygote does not answer, or the runner does not start.
        """
        self.wait_ready()
        data, data_theirs = socket.socketpair()
        output, output_theirs = os.pipe()
        request = msgspec.json.encode({"slot": self.slot})
        try:
            socket.send_fds(self.control, [request], [data_theirs.fileno(), output_theirs])
            started, pidfd = self._started()
        except OSError as error:
            raise JudgeError(f"the zygote is gone: {error}") from error
        finally:
            data_theirs.close()
            os.close(output_theirs)
        data.setblocking(False)
        runner = RunnerProcess(self, started, pidfd, data, output)
        runner.wait_ready()
        return runner

    def exit_status(self, pid: int) -> int:
        """Wait for the word that a runner and all it left behind are gone."""
        while pid not in self.exits:
            message = self._receive(30.0)
            self.exits[message["pid"]] = message["status"]
        return self.exits.pop(pid)

    def _started(self) -> tuple[int, int]:
        while True:
            self._wait(30.0)
            raw, fds, _, _ = socket.recv_fds(self.control, 65_536, 1)
            if not raw:
                raise JudgeError("the zygote is gone")
            message = msgspec.json.decode(raw)
            if message["type"] == "started":
                return message["pid"], fds[0]
            self.exits[message["pid"]] = message["status"]

    def _receive(self, limit_s: float) -> dict[str, Any]:
        self._wait(limit_s)
        raw = self.control.recv(65_536)
        if not raw:
            raise JudgeError("the zygote ended; its last words are above")
        message: dict[str, Any] = msgspec.json.decode(raw)
        return message

    def _wait(self, limit_s: float) -> None:
        if not select.select([self.control], [], [], limit_s)[0]:
            raise JudgeError(f"the zygote did not answer within {limit_s:.0f} s")


class RunnerProcess:
    """One runner: requests out, replies in, all of them distrusted."""

    def __init__(
        self, client: ZygoteClient, pid: int, pidfd: int, data: socket.socket, output: int
    ) -> None:
        self.client, self.pid, self.pidfd, self.data = client, pid, pidfd, data
        self.host_pid = host_pid(pidfd, pid)  # `pid` is what the zygote's own space calls it
        self.output: int | None = output
        self.printed = bytearray()
        self.output_left = MAX_OUTPUT
        self.request_id = 0
        self.header_bytes = 0  # of the last reply
        os.set_blocking(output, False)

    def wait_ready(self) -> None:
        """Wait for the word that every layer of confinement holds.

        Raises: JudgeError when it does not come; no student's code was near yet.
        """
        try:
            self.reply(0, READY_LIMIT)
        except (Died, TimedOut, WireError) as error:
            self.kill()
            said = self.printed.decode("utf-8", "replace").strip()
            raise JudgeError(f"a runner did not start: {error}; {said}") from error

    def request(self, message: Any, payload: Payload) -> None:
        """Send one request; replies follow.

        Raises: Died when the runner is gone.
        """
        self.request_id += 1
        self.data.setblocking(True)
        self.data.settimeout(30.0)
        try:
            send(self.data, encode(self.request_id, message, payload))
        except (Closed, OSError) as error:
            raise Died("the process was gone before it was asked") from error
        finally:
            self.data.setblocking(False)

    def reply(self, index: int, budget: Budget) -> tuple[Reply, memoryview]:
        """Read the reply of this index to the last request.

        Raises: Died, TimedOut, WireError.
        """
        deadline = Deadline(self, budget)
        try:
            request_id, header, payload = receive(self.data, deadline.wait, MAX_REPLY_HEADER)
        except Closed:
            raise Died(self._how_it_ended()) from None
        if request_id != self.request_id:
            raise WireError("an answer to a call that was never made")
        self.header_bytes = len(header)
        reply = decode_reply(header)
        if reply.index != index:
            raise WireError("answers out of order")
        return reply, payload

    def drain(self) -> None:
        """Read what the submission prints, keep the start, drop the rest; end a flood."""
        if self.output is None:
            return
        try:
            part = os.read(self.output, 1 << 16)
        except BlockingIOError:
            return
        self.output_left -= len(part)
        if not part or self.output_left < 0:
            os.close(self.output)
            self.output = None
        self.printed += part[: MAX_PRINTED - len(self.printed)]

    def _how_it_ended(self) -> str:
        if not select.select([self.pidfd], [], [], 2.0)[0]:
            return "the process closed its connection"
        status = self.client.exit_status(self.pid)
        self.client.exits[self.pid] = status
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            return f"the process was ended by {signal.Signals(number).name}"
        return f"the process ended itself with exit code {os.waitstatus_to_exitcode(status)}"

    def kill(self) -> None:
        """End the runner and all that it started; return when they are gone."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        self.data.close()
        self.client.exit_status(self.pid)
        os.close(self.pidfd)
        self.drain()
        if self.output is not None:
            os.close(self.output)
            self.output = None
