"""Watch a runner from outside while it works: its CPU clock, our clock, its memory."""

from __future__ import annotations

import os
import re
import select
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = [
    "Budget",
    "Deadline",
    "Died",
    "TimedOut",
    "TooLarge",
    "cpu_s",
    "host_pid",
    "memory_mib",
    "proportional_mib",
]

MEMORY_MIB = 3072  # of all its processes together, shared pages counted by their share
POLL_S = 0.02


class Died(Exception):
    """The runner ended without an answer; the text says how."""


class TooLarge(Died):
    """The runner took more memory than it may; asking again would do the same."""


class TimedOut(Exception):
    """The runner used up its time; the text says which."""


@dataclass(frozen=True)
class Budget:
    """What one answer may take: CPU seconds, and wall seconds for code that only waits.

    together_s: wall seconds for all answers of a submission; right ones take a few.
    """

    cpu_s: float = 10.0
    wall_s: float = 40.0
    together_s: float = 180.0
    memory_mib: int = MEMORY_MIB


class Watched(Protocol):
    """What is watched: a runner."""

    host_pid: int
    data: socket.socket
    output: int | None

    def drain(self) -> None:
        """Read what it prints."""


def host_pid(pidfd: int, otherwise: int) -> int:
    """Return what our own space of process ids calls the process that a pidfd names."""
    try:
        text = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
    except OSError:
        return otherwise
    found = re.search(r"^Pid:\s*(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else otherwise  # -1: it has ended already


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process, its threads and its living children; 0: it is gone."""
    return sum(map(_cpu_clock, _family(pid)))


def _cpu_clock(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's clockid for a process
    except OSError:
        return 0.0


def memory_mib(pid: int, at_least: float) -> float:
    """Return the MiB of a process and its children, each shared page by its share (PSS).

    Resident pages are counted first, being cheap to ask for and never fewer; where they are
    no more than `at_least`, they are the answer. 0 when the process is gone.
    """
    everyone = _family(pid)
    resident = sum(map(_resident_mib, everyone))
    return resident if resident <= at_least else sum(map(proportional_mib, everyone))


def _family(pid: int) -> list[int]:
    """Return a process and all that descends from it."""
    found = [pid]
    for one in found:  # grows while it is walked
        for listing in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, listing.read_text().split())
            except OSError:
                continue  # that thread has just ended
    return found


def _resident_mib(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def proportional_mib(pid: int) -> float:
    """Return the MiB of one process, each shared page by its share."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return _resident_mib(pid)  # of another user: the greater figure stands
    found = re.search(r"^Pss:\s*(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


class Deadline:
    """Wait for data while watching the runner's CPU clock, its memory, and our clock."""

    def __init__(self, runner: Watched, budget: Budget) -> None:
        self.runner, self.budget = runner, budget
        self.start_wall, self.start_cpu = time.monotonic(), cpu_s(runner.host_pid)
        self.next_look = self.start_wall + POLL_S
        self.poll = select.poll()
        self.poll.register(runner.data, select.POLLIN)

    def wait(self) -> None:
        """Return when there is something to read; limits hold while an answer drips in, too.

        Raises: TimedOut, Died.
        """
        runner = self.runner
        while True:
            if time.monotonic() >= self.next_look:
                self._look()
                self.next_look = time.monotonic() + POLL_S
            if self.poll.poll(0):
                return
            watched = [runner.data] + ([runner.output] if runner.output is not None else [])
            ready = select.select(watched, [], [], POLL_S)[0]
            if runner.output in ready:
                runner.drain()

    def _look(self) -> None:
        runner, budget = self.runner, self.budget
        if cpu_s(runner.host_pid) - self.start_cpu > budget.cpu_s:
            raise TimedOut(f"no answer within {budget.cpu_s:.0f} s of CPU time")
        if time.monotonic() - self.start_wall > budget.wall_s:
            raise TimedOut(f"no answer within {budget.wall_s:.0f} s")
        if memory_mib(runner.host_pid, budget.memory_mib) > budget.memory_mib:
            raise TooLarge(f"it took more than {budget.memory_mib} MiB of memory and was ended")
