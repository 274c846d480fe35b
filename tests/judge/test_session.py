"""A conversation with runners that die, grow, send too much or lie."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import torch

from gradekit.errors import SubmissionError
from gradekit.judge import session as module
from gradekit.judge.grade import Judge
from gradekit.judge.processes import RunnerProcess, ZygoteClient
from gradekit.judge.session import MAX_CRASHES, MAX_RETRIES, Ask, Session
from gradekit.judge.watch import Budget
from gradekit.lab import Part
from gradekit.wire.messages import Load, Perform
from gradekit.wire.values import Failure, Stopped, Value

RIGHT = "return torch.softmax(X, 1)"


@dataclass
class Killer:
    """A zygote's client whose runners are killed from outside when they are asked."""

    client: ZygoteClient
    deaths: int  # how many runners are killed
    when: type = Perform  # at which request
    spawned: list[RunnerProcess] = field(default_factory=list)

    def spawn(self) -> RunnerProcess:
        """Return a runner; it is killed as soon as it is asked, while deaths are left."""
        runner = self.client.spawn()
        self.spawned.append(runner)
        asked = runner.request

        def request(message: Any, payload: Any) -> None:
            if isinstance(message, self.when) and self.deaths:
                self.deaths -= 1
                os.kill(runner.host_pid, signal.SIGKILL)
                assert select.select([runner.pidfd], [], [], 10.0)[0]
            asked(message, payload)

        runner.request = request  # type: ignore[method-assign]  # the same, but for the kill
        return runner


Open = Callable[..., tuple[Session, Killer]]


@pytest.fixture
def part(softmax_judge: Judge) -> Part:
    """Return the part that calls softmax(X)."""
    return softmax_judge.lab.part("softmax")


@pytest.fixture
def talk(softmax_judge: Judge) -> Iterator[Open]:
    """Return a function that opens a conversation with code whose softmax has this body."""
    opened: list[Session] = []

    def start(
        body: str = RIGHT, deaths: int = 0, when: type = Perform, **budget: Any
    ) -> tuple[Session, Killer]:
        text = f"import os, sys, time, torch\ndef softmax(X):\n    {body}\n"
        killer = Killer(softmax_judge.client, deaths, when)
        made = Session(killer, {"s.py": text}, "s.py", Budget(**budget))  # type: ignore[arg-type]  # all of a client that is used
        opened.append(made)
        return made, killer

    yield start
    for one in opened:
        one.close()


def texts(values: list[Value]) -> list[str]:
    """Return failures' texts; fails where a call succeeded."""
    assert all(isinstance(value, Failure) for value in values), values
    return [str(value) for value in values]


def test_a_runner_that_is_killed_once_costs_nothing(talk: Open, part: Part) -> None:
    """A fresh one answers all the cases, and as another would have."""
    cases = part.examples[:3]
    session, killer = talk(deaths=1)
    values = session.ask(part, cases, Ask())
    assert len(killer.spawned) == 2
    for case, value in zip(cases, values, strict=True):
        torch.testing.assert_close(value["softmax"], torch.softmax(case.X, 1))


def test_what_was_answered_before_a_death_is_kept(talk: Open, part: Part) -> None:
    """Only the cases that are left are asked again."""
    body = "n = softmax.n = getattr(softmax, 'n', 0) + 1; n == 2 and os._exit(7); return n"
    session, killer = talk(body)
    values = session.ask(part, part.examples[:2], Ask())
    assert [value["softmax"] for value in values] == [1, 1]  # of the first, and of a second runner
    assert len(killer.spawned) == 2


def test_a_runner_that_dies_each_time_fails_the_case(talk: Open, part: Part) -> None:
    """After two fresh ones, the case has failed, and the judge says so itself."""
    session, killer = talk(deaths=1 + MAX_RETRIES)
    [value] = session.ask(part, part.examples[:1], Ask())
    assert isinstance(value, Stopped)
    assert value.kind == "Crashed"
    assert len(killer.spawned) == 1 + MAX_RETRIES


def test_a_part_loses_so_many_runners_and_no_more(talk: Open, part: Part) -> None:
    """Then the rest of its cases fail unasked."""
    session, killer = talk("os._exit(3)")
    values = session.ask(part, part.examples[:6], Ask())
    assert all("exit code 3" in text for text in texts(values))
    assert len(killer.spawned) == MAX_RETRIES + MAX_CRASHES
    assert session.stopped is values[-1]


def test_the_next_part_starts_anew(talk: Open, part: Part) -> None:
    """Strikes and retries are a part's; what stopped one does not stop another."""
    session, _ = talk(deaths=MAX_RETRIES + MAX_CRASHES)
    texts(session.ask(part, part.examples[:4], Ask()))
    session.begin_part()
    assert (session.strikes, session.retries, session.stopped) == (0, MAX_RETRIES, None)
    assert not isinstance(session.ask(part, part.examples[:1], Ask())[0], Failure)


def test_a_death_while_loading_costs_nothing(talk: Open, part: Part) -> None:
    """The file is loaded again, twice at most."""
    session, killer = talk(deaths=MAX_RETRIES, when=Load)
    session.start()
    assert len(killer.spawned) == 1 + MAX_RETRIES
    assert "softmax" in session.names


def test_a_file_under_which_each_runner_dies_can_not_be_imported(talk: Open) -> None:
    """That costs the submission, in words."""
    session, killer = talk(deaths=99, when=Load)
    with pytest.raises(SubmissionError, match="the file can't be imported"):
        session.start()
    assert len(killer.spawned) == 1 + MAX_RETRIES


def test_what_took_too_much_memory_is_not_tried_again(talk: Open, part: Part) -> None:
    """It would do the same; death by chance it was not."""
    body = "kept = torch.ones(300_000_000); time.sleep(9); return X"
    session, killer = talk(body, memory_mib=800)
    [text] = texts(session.ask(part, part.examples[:1], Ask()))
    assert "more than 800 MiB" in text
    assert len(killer.spawned) == 1


def test_time_is_up_for_the_part(talk: Open, part: Part) -> None:
    """A case that took too long is not tried again, and those after it are not tried."""
    session, killer = talk("time.sleep(60)", wall_s=0.3)
    values = session.ask(part, part.examples[:3], Ask())
    assert [text.partition(":")[0] for text in texts(values)] == ["TimeLimit"] * 3
    assert len(killer.spawned) == 1


def test_all_answers_together_have_a_limit(talk: Open, part: Part) -> None:
    """Calls that each stay under the limit per answer end with that of the submission."""
    session, _ = talk("time.sleep(0.2); return X", together_s=0.3)
    values = session.ask(part, part.examples[:5], Ask())
    assert [isinstance(value, Failure) for value in values] == [False, False, True, True, True]
    assert "all answers together" in texts(values[2:])[0]
    session.begin_part()
    assert "all answers together" in texts(session.ask(part, part.examples[:1], Ask()))[0]


def test_answers_hold_so_many_bytes_together(
    talk: Open, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the judge would have to remember is bounded; such an answer is asked for once."""
    monkeypatch.setattr(module, "MAX_RECEIVED", (3 << 20) + (64 << 10))
    session, killer = talk("return torch.zeros(1 << 18)")
    values = session.ask(part, part.examples[:4], Ask())
    assert [isinstance(value, Failure) for value in values] == [False, False, False, True]
    assert "hold more than 3 MiB" in str(values[3])
    assert len(killer.spawned) == 1


FORGE = """
    from gradekit.wire.frames import encode, send
    from gradekit.wire.values import Failure, Payload, Stopped
    import socket
    line = socket.socket(fileno=os.dup(3))
    send(line, encode(2, [0, {kind}("TimeLimit", "said by the runner"), []], Payload()))
    time.sleep(20)
"""
IMPORTS = "sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != 'Refuse'];"


def test_what_the_judge_decides_can_not_be_forged(talk: Open, part: Part) -> None:
    """A runner may send a Failure; a Stopped, which only the judge decides on, is no answer."""
    for kind in ("Failure", "Stopped"):
        session, _ = talk(IMPORTS + FORGE.format(kind=kind))
        session.start()
        [value] = session.ask(part, part.examples[:1], Ask())
        if kind == "Failure":
            assert type(value) is Failure
            assert "said by the runner" in str(value)
        else:
            assert isinstance(value, Stopped)
            assert value.kind == "Crashed"
            assert "said by the runner" not in str(value)


def test_what_was_printed_outlives_the_runner(talk: Open, part: Part) -> None:
    """All runners' output is kept, in order."""
    session, _ = talk("print('asked', flush=True); return X", deaths=1)
    session.ask(part, part.examples[:1], Ask())
    session.close()
    assert bytes(session.printed).splitlines() == [b"asked"]


def test_closing_twice_is_no_error(talk: Open) -> None:
    """A session may start again after it was closed."""
    session, killer = talk()
    session.start()
    session.close()
    session.close()
    session.start()
    assert len(killer.spawned) == 2


def test_a_dead_runner_is_told_of_by_its_end(talk: Open, part: Part) -> None:
    """The signal is named."""
    session, _ = talk("import ctypes; ctypes.string_at(0)")
    assert "ended by SIGSEGV" in texts(session.ask(part, part.examples[:1], Ask()))[0]
