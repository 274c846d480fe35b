"""The watch on a runner, held against real processes of the test's own."""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from gradekit.judge.watch import (
    Budget,
    Deadline,
    TimedOut,
    TooLarge,
    cpu_s,
    host_pid,
    memory_mib,
)

MIB = 1 << 20


@contextlib.contextmanager
def child_that(acts: Callable[[], object]) -> Iterator[int]:
    """Fork a child that acts and then sleeps, for twenty seconds at most; give its id."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(20)
            os.setpgid(0, 0)
            kept = acts()
            os.write(write, b"x")
            time.sleep(20)
            del kept
        finally:
            os._exit(0)
    os.close(write)
    try:
        os.read(read, 1)
        yield child
    finally:
        os.close(read)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)


def burn(seconds: float) -> None:
    """Use so much CPU time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def burn_in_a_child() -> None:
    """Have a child of this process use CPU time, and wait until it has."""
    read, write = os.pipe()
    if os.fork() == 0:
        signal.alarm(20)
        burn(0.2)
        os.write(write, b"x")
        time.sleep(20)
        os._exit(0)
    os.read(read, 1)


def burn_in_a_thread() -> None:
    """Have a thread use CPU time."""
    thread = threading.Thread(target=burn, args=(0.2,))
    thread.start()
    thread.join()


@pytest.mark.parametrize("acts", [lambda: burn(0.2), burn_in_a_child, burn_in_a_thread])
def test_cpu_time_is_that_of_process_threads_and_children(acts: Callable[[], None]) -> None:
    """Whoever burns it, it is counted; sleeping is not."""
    with child_that(lambda: None) as idle, child_that(acts) as busy:
        assert cpu_s(busy) >= 0.18
        assert cpu_s(idle) < 0.15


def gone() -> int:
    """Return the id of a process that has ended."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def test_a_process_that_is_gone_uses_nothing() -> None:
    """Neither time nor memory, and no error."""
    assert cpu_s(gone()) == 0.0
    assert memory_mib(gone(), -1.0) == 0.0


def test_a_pidfd_names_a_process() -> None:
    """Its number is read from the descriptor, whatever another space calls it."""
    with child_that(lambda: None) as child:
        pidfd = os.pidfd_open(child)
        assert host_pid(pidfd, 1) == child
        os.kill(child, signal.SIGKILL)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        os.close(pidfd)
    assert host_pid(pidfd, 7) == 7


def touched(count_mib: int) -> mmap.mmap:
    """Return memory that is really there."""
    pages = mmap.mmap(-1, count_mib * MIB, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for place in range(0, len(pages), mmap.PAGESIZE):
        pages[place] = 1
    return pages


def touched_in_a_child() -> int:
    """Have a child of this process hold memory."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        held = touched(100)
        os.write(write, b"x")
        time.sleep(20)
        del held
        os._exit(0)
    os.read(read, 1)
    return child


@pytest.mark.parametrize("acts", [lambda: touched(100), touched_in_a_child])
def test_memory_is_that_of_process_and_children(acts: Callable[[], object]) -> None:
    """A hundred MiB are a hundred MiB, in whichever of its processes."""
    with child_that(lambda: None) as small, child_that(acts) as large:
        assert 90 < memory_mib(large, 0.0) - memory_mib(small, 0.0) < 250


def test_shared_pages_are_counted_by_their_share() -> None:
    """A fork that touches nothing holds far less than what is resident."""
    pages = touched(200)
    with child_that(lambda: sum(pages[::4096])) as child:
        exact, cheap = memory_mib(child, 0.0), memory_mib(child, 1e9)
    assert cheap - exact > 80


@dataclass
class Fake:
    """A runner as the watch sees it: a real process, and a socket that the test writes to."""

    host_pid: int
    data: socket.socket
    output: int | None = None
    drained: int = 0

    def drain(self) -> None:
        """Count, and read."""
        assert self.output is not None
        self.drained += len(os.read(self.output, 1 << 16))


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Give the judge's end of a line, and the runner's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


Pair = tuple[socket.socket, socket.socket]


def spin() -> None:
    """Use CPU time in a child of one's own, without end."""
    if os.fork() == 0:
        signal.alarm(20)
        burn(15.0)
        os._exit(0)


def test_cpu_time_runs_out(pair: Pair) -> None:
    """A busy process is told of by CPU time, long before the clock."""
    with child_that(spin) as child:
        deadline = Deadline(Fake(child, pair[0]), Budget(cpu_s=0.2, wall_s=15.0))
        with pytest.raises(TimedOut, match="of CPU time"):
            deadline.wait()


def test_cpu_time_from_before_does_not_count(pair: Pair) -> None:
    """Only what is used for this answer is held against it; so here the clock is first."""
    with child_that(lambda: burn(0.4)) as child:
        deadline = Deadline(Fake(child, pair[0]), Budget(cpu_s=0.3, wall_s=0.3))
        with pytest.raises(TimedOut) as caught:
            deadline.wait()
    assert "CPU" not in str(caught.value)


def test_memory_runs_out(pair: Pair) -> None:
    """A large process is told of as such, which is no death by chance."""
    with child_that(lambda: touched(100)) as child:
        small = Deadline(Fake(child, pair[0]), Budget(memory_mib=20))
        with pytest.raises(TooLarge, match="more than 20 MiB"):
            small.wait()


def test_what_is_there_is_waited_for_no_longer(pair: Pair) -> None:
    """Data that came is read, though the time is up."""
    ours, theirs = pair
    theirs.send(b"x")
    with child_that(lambda: None) as child:
        start = time.monotonic()
        Deadline(Fake(child, ours), Budget(wall_s=5.0)).wait()
        assert time.monotonic() - start < 1.0


def test_an_answer_that_drips_in_runs_out_of_time(pair: Pair) -> None:
    """A byte now and then does not reset the clock."""
    ours, theirs = pair
    with child_that(lambda: None) as child:
        deadline = Deadline(Fake(child, ours), Budget(wall_s=0.3))

        def drip() -> None:
            for _ in range(1_000_000):
                theirs.send(b"x")
                deadline.wait()
                ours.recv(1)

        start = time.monotonic()
        with pytest.raises(TimedOut, match="no answer within"):
            drip()
    assert time.monotonic() - start < 2.0


def test_output_is_read_while_waiting(pair: Pair) -> None:
    """A process that prints much is not blocked by a full pipe."""
    read, write = os.pipe()
    os.write(write, b"x" * 1000)
    with child_that(lambda: None) as child:
        fake = Fake(child, pair[0], read)
        with pytest.raises(TimedOut):
            Deadline(fake, Budget(wall_s=0.1)).wait()
    os.close(read)
    os.close(write)
    assert fake.drained == 1000


def test_a_closed_line_ends_the_wait(pair: Pair) -> None:
    """The end of a process is something to read, too."""
    ours, theirs = pair
    theirs.close()
    Deadline(Fake(gone(), ours), Budget(wall_s=5.0)).wait()
    assert ours.recv(1) == b""
