"""Check properties on many cases with few messages.

A property is a plain function that may run the submission on cases it makes up, some of them
from earlier answers. It is called against a memory of answers; what it asks for and is not
there yet is collected from all properties and cases, asked in one message, and the functions
are called again. So a property costs a round trip per dependent question, not per case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradekit.errors import LabError
from gradekit.judge.session import fingerprint
from gradekit.lab import Property, Symptom, Violation
from gradekit.lab.related import CodeFailed
from gradekit.wire.values import Failure, Value

__all__ = ["Broken", "Memory", "check_all", "outcome_of"]

MAX_ROUNDS = 20

Asker = Callable[[Sequence[Any]], list[Value]]


class _Pending(Exception):
    """An answer is not there yet."""


@dataclass
class Memory:
    """Answers that are known, by the fingerprint of their case."""

    ask: Asker
    known: dict[bytes, Value] = field(default_factory=dict)
    wanted: dict[bytes, Any] = field(default_factory=dict)

    def run(self, case: Any) -> Mapping[str, Any]:
        """Return the outcome of a case; what properties call on `sub`.

        Raises: Violation when the submission's code failed on it.
        """
        key = fingerprint(case)
        if key not in self.known:
            self.wanted[key] = case
            raise _Pending
        return outcome_of(self.known[key])

    def fetch(self, cases: Sequence[Any]) -> list[Value]:
        """Return outcomes or failures of cases, asking for those that are not known."""
        keys = [fingerprint(case) for case in cases]
        for key, case in zip(keys, cases, strict=True):
            if key not in self.known:
                self.wanted[key] = case
        self.answer()
        return [self.known[key] for key in keys]

    def answer(self) -> None:
        """Ask for all that is wanted, in one message."""
        wanted, self.wanted = self.wanted, {}
        if wanted:
            answers = self.ask(list(wanted.values()))
            self.known.update(zip(wanted, answers, strict=True))


def outcome_of(value: Value) -> Mapping[str, Any]:
    """Return an outcome that a property may read.

    Raises: CodeFailed for a failure or anything that is no mapping.
    """
    if isinstance(value, Failure):
        raise CodeFailed(f"your code failed: {value}")
    if not isinstance(value, Mapping):
        raise CodeFailed("your code's outcome could not be read")
    return value


@dataclass(frozen=True)
class Broken:
    """A check that does not hold, the first case that shows it, and what was seen."""

    name: str
    case: Any
    message: str
    smallest: bool = False  # whether a simpler case was searched for


def check_all(
    checks: Sequence[Property | Symptom], cases: Sequence[Any], memory: Memory
) -> dict[str, Broken]:
    """Check everything on every case; return the first violation of each check by name.

    Raises: LabError when a check raises anything but Violation.
    """
    broken: dict[str, Broken] = {}
    todo = [(check, case) for check in checks for case in cases]
    for _ in range(MAX_ROUNDS):
        waiting = []
        for check, case in todo:
            name = check.name if isinstance(check, Property) else check.id
            try:
                _call(check, memory, case)
            except _Pending:
                waiting.append((check, case))
            except Violation as violation:
                if isinstance(check, Symptom) and isinstance(violation, CodeFailed):
                    continue  # no evidence of this symptom: the code failed before
                broken.setdefault(name, Broken(name, case, str(violation)))
        if not waiting:
            order = {id(case): position for position, case in enumerate(cases)}
            return {b.name: b for b in sorted(broken.values(), key=lambda b: order[id(b.case)])}
        memory.answer()
        todo = waiting
    raise LabError(f"a property still asks for new cases after {MAX_ROUNDS} rounds")


def _call(check: Property | Symptom, memory: Memory, case: Any) -> None:
    assert check.check is not None
    try:
        check.check(memory, case)
    except (Violation, _Pending):
        raise
    except (Exception, SystemExit) as error:
        name = check.name if isinstance(check, Property) else check.id
        raise LabError(f"property {name} on {case}: {type(error).__name__}: {error}") from error
