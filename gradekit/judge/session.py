"""One submission's conversation with its runners: restarts, strikes, memory of answers."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Protocol

import torch

from gradekit.errors import SubmissionError
from gradekit.judge.processes import RunnerProcess, ZygoteClient
from gradekit.judge.watch import Budget, Died, TimedOut, TooLarge
from gradekit.lab import Part
from gradekit.wire.messages import Load, Perform
from gradekit.wire.values import Failure, Payload, Stopped, Value, WireError, pack, unpack

__all__ = ["Ask", "Conversation", "Session", "fingerprint", "name_of"]

MAX_CRASHES = 3  # runners that one part may lose before the rest of its cases fail unasked
MAX_RETRIES = 2  # fresh runners, per part, for cases whose runner died: it may not be their fault
TREE = 16  # bytes of Python's that one byte of an answer's structure may take
MAX_RECEIVED = 1 << 30  # bytes of a submission's answers, which the judge remembers


@dataclass(frozen=True)
class Ask:
    """How a part's cases are to be performed, beyond the cases."""

    weights: Value = None
    flatten: tuple[str, ...] = ()
    unregistered: bool = False
    wrt: tuple[str, ...] = ()
    cotangents: Mapping[str, Any] | None = None
    observe: Literal["", "ran", "operations", "bytecodes"] = ""
    without: tuple[str, ...] = ()


class Conversation(Protocol):
    """What judging a part needs: a submission's names, and answers about it."""

    names: Sequence[str]
    stopped: Failure | None

    def begin_part(self) -> None:
        """Forget what the part before left behind."""

    def ask(self, part: Part, cases: Sequence[Any], how: Ask) -> list[Value]:
        """Return one outcome per case: what the drive returned, or a Failure."""
        ...


def name_of(thing: Any) -> str:
    """Return the name by which a runner finds a function or class."""
    return f"{thing.__module__}:{thing.__qualname__}"


def fields_of(case: Any) -> dict[str, Value]:
    """Return a case as plain data."""
    return {f.name: getattr(case, f.name) for f in fields(case) if f.init}


def fingerprint(case: Any) -> bytes:
    """Return a digest of all that a case holds."""
    digest = hashlib.blake2b(type(case).__qualname__.encode(), digest_size=16)
    for name, value in fields_of(case).items():
        if isinstance(value, torch.Tensor):
            digest.update(f"|{name}:{value.dtype}{tuple(value.shape)}".encode())
            digest.update(value.detach().contiguous().reshape(-1).view(torch.uint8).numpy().data)
        else:
            digest.update(f"|{name}:{value!r}".encode())
    return digest.digest()


@dataclass
class Session:
    """Loads a submission when it is first needed, and asks; a lost runner is replaced."""

    client: ZygoteClient
    sources: Mapping[str, str]
    main: str
    budget: Budget = field(default_factory=Budget)
    without: tuple[str, ...] = ()  # what is switched off before the submission is loaded
    names: Sequence[str] = ()
    runner: RunnerProcess | None = None
    strikes: int = 0
    retries: int = MAX_RETRIES
    stopped: Failure | None = None  # why no further case of this part is tried
    printed: bytearray = field(default_factory=bytearray)
    waited_s: float = 0.0  # for all answers so far
    received: int = 0  # bytes of all answers so far

    def start(self) -> None:
        """Start a runner and load the submission in it; a runner that dies is replaced, twice.

        Raises: SubmissionError with the error in words when it can't be loaded.
        """
        for retries in reversed(range(MAX_RETRIES + 1)):
            try:
                self._load()
                return
            except (Died, TimedOut, WireError) as error:
                self.close()
                if not (retries and _may_be_chance(error)):
                    raise SubmissionError(f"the file can't be imported: {error}") from None

    def _load(self) -> None:
        self.runner = runner = self.client.spawn()
        runner.request(Load(dict(self.sources), self.main, self.without), Payload())
        reply, payload = runner.reply(0, self.budget)
        outcome = unpack(reply.outcome, payload)
        if isinstance(outcome, Failure):
            self.close()
            raise SubmissionError(f"the file can't be imported: {outcome}")
        self.names = list(reply.names)

    def begin_part(self) -> None:
        """Forget the strikes of the part before."""
        self.strikes, self.stopped, self.retries = 0, None, MAX_RETRIES
        self._stop_if_late()

    def _stop_if_late(self) -> None:
        limit = self.budget.together_s
        if self.waited_s > limit:
            text = f"all answers together took more than {limit:.0f} s"
            self.stopped = Stopped("TimeLimit", text)

    def close(self) -> None:
        """End the runner; the session may start another."""
        if self.runner is not None:
            self.runner.kill()
            self.printed += self.runner.printed
            self.runner = None

    def ask(self, part: Part, cases: Sequence[Any], how: Ask) -> list[Value]:
        """Return one outcome per case: what the drive returned, or a Failure."""
        outcomes: list[Value] = []
        while len(outcomes) < len(cases):
            if self.stopped is not None:
                outcomes += [self.stopped] * (len(cases) - len(outcomes))
                break
            try:
                self._ask_runner(part, cases, how, outcomes)
            except TimedOut as error:
                self.close()
                self.stopped = Stopped("TimeLimit", str(error))
            except (Died, SubmissionError) as error:
                self.close()
                if self.retries and _may_be_chance(error):
                    self.retries -= 1
                    continue
                outcomes.append(Stopped("Crashed", str(error)))
                self.strikes += 1
                if self.strikes >= MAX_CRASHES:
                    self.stopped = outcomes[-1]
        return outcomes

    def _ask_runner(
        self, part: Part, cases: Sequence[Any], how: Ask, outcomes: list[Value]
    ) -> None:
        """Ask for the cases that have no outcome yet; append outcomes as they come."""
        if self.runner is None:
            self.start()
        runner = self.runner
        assert runner is not None
        left = cases[len(outcomes) :]
        payload = Payload()
        message = Perform(
            drive=name_of(part.drive),
            build=name_of(part.build) if part.build else "",
            case_type=name_of(type(left[0])),
            cases=[pack(fields_of(case), payload) for case in left],
            weights=pack(how.weights, payload),
            flatten=how.flatten,
            unregistered=how.unregistered,
            wrt=how.wrt,
            cotangents=pack(how.cotangents, payload),
            observe=how.observe,
            without=how.without,
        )
        runner.request(message, payload)
        for index in range(len(left)):
            start = time.monotonic()
            try:
                reply, data = runner.reply(index, self.budget)
                self.received += len(data) + TREE * runner.header_bytes
                if self.received > MAX_RECEIVED:
                    text = f"all answers together hold more than {MAX_RECEIVED >> 20} MiB"
                    raise WireError(text)
                outcomes.append(unpack(reply.outcome, data))
            finally:
                self.waited_s += time.monotonic() - start
            self._stop_if_late()
            if self.stopped is not None:
                self.close()
                return


def _may_be_chance(error: Exception) -> bool:
    """Tell whether a fresh runner may do better: the process died, and not of its own appetite."""
    return isinstance(error, Died) and not isinstance(error, TooLarge)
