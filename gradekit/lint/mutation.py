"""Change the reference in one place at a time and see whether the lab notices.

A mutant that behaves as the reference on many more cases and to far less than rounding is set
aside: nothing can tell it from right code. The rest must be caught by what grades a student.
"""

from __future__ import annotations

import inspect
import itertools
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType, ModuleType
from typing import Any

import torch
from torch import Tensor

from gradekit.errors import LabError
from gradekit.judge.cases import draw
from gradekit.judge.compose import Variant
from gradekit.judge.direct import agrees
from gradekit.judge.model import Model
from gradekit.judge.part import Book, judge_part
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask
from gradekit.lab import Lab
from gradekit.lint.inside import Inside, module_of
from gradekit.lint.mutants import Mutant, mutants
from gradekit.wire.values import Value

__all__ = ["Mutation", "mutate"]

SECONDS = 20  # a mutant that takes longer is caught: it no longer ends
MORE_CASES = 60  # drawn afresh, to tell a mutant that does no harm from one that is missed
ALIKE = 1e-9  # relative, in double precision


@dataclass
class Mutation:
    """How many mutants were caught, are equal to the reference, or survived."""

    made: int = 0
    caught: int = 0
    equal: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # properties that some mutant breaks

    @property
    def score(self) -> float:
        """The share caught of those that differ from the reference."""
        rest = self.made - self.equal
        return self.caught / rest if rest else 1.0


class _TooLong(BaseException):
    """A mutant does not end."""


def mutate(lab: Lab, books: Mapping[str, Book], progress: Callable[[int, int], None]) -> Mutation:
    """Judge every mutant of the module that holds the lab's references.

    Raises: LabError where the references' source can't be read.
    """
    result = Mutation()
    stronger = {name: _Stronger(book) for name, book in books.items()}
    made = [mutant for module in _modules(lab) for mutant in _of(module)]
    result.made = len(made)
    for number, (module, mutant) in enumerate(made):
        progress(number, len(made))
        namespace = _execute(module, mutant)
        kinds = {name: _kind(book, namespace) for name, book in books.items()}
        caught = False
        for name, book in books.items():
            broken = _caught(book, kinds[name])
            if broken is not None:
                caught = True
                result.broken |= broken
                break
        if caught:
            result.caught += 1
        elif all(stronger[name].alike(kinds[name]) for name in books):
            result.equal += 1
        else:
            result.survivors.append(mutant)
    return result


def _modules(lab: Lab) -> list[ModuleType]:
    names = dict.fromkeys(part.reference.__module__ for part in lab.parts)
    return [sys.modules[name] for name in names]


def _of(module: ModuleType) -> Iterator[tuple[ModuleType, Mutant]]:
    try:
        source = inspect.getsource(module)
    except OSError as error:
        raise LabError(f"the source of {module.__name__} can't be read: {error}") from error
    for mutant in mutants(source):
        yield module, mutant


def _execute(module: ModuleType, mutant: Mutant) -> dict[str, Any]:
    """Return the mutant's namespace; empty where it can't even be imported."""
    namespace = {"__name__": module.__name__, "__file__": module.__file__}
    try:
        exec(compile(mutant.source, f"<mutant of {module.__name__}>", "exec"), namespace)  # noqa: S102  # our own reference
    except Exception:  # noqa: BLE001  # it does not load: caught
        return {}
    return namespace


def _kind(book: Book, namespace: Mapping[str, Any]) -> Any:
    return namespace.get(book.part.reference.__name__)


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _caught(book: Book, kind: Any) -> set[str] | None:
    """Return the properties that a mutant breaks, None where the part finds nothing wrong."""
    part = book.part
    if kind is None:
        return set()
    try:
        with _limited(SECONDS):
            inside = Inside(module_of(part, kind), part.requires)
            how = Ask(weights="seed" if part.weights else None)
            memory = Memory(lambda cases: inside.ask(part, cases, how))
            broken = set(check_all(part.properties, book.direct.cases, memory))
            if broken:
                return broken
            if part.weights is None:
                symptoms = check_all(part.symptoms, book.direct.cases[:1], memory)
                fine = agrees(book.direct, memory, book.direct.cases) and not symptoms
                return None if fine else set()
            found = judge_part(book, inside)
            fine = not found.findings and found.disagreement is None and not found.review
            return None if fine else set()
    except (_TooLong, Exception):  # noqa: BLE001  # it does not end, or stops the check itself
        return set()


class _Stronger:
    """What the reference does on many more cases."""

    def __init__(self, book: Book) -> None:
        self.book = book
        part = replace(book.part, case_count=MORE_CASES, examples=())
        self.cases = draw(part, book.batch_seed + 1)
        kinds = [book.part.reference]
        if book.part.weights is None:
            kinds = [variant.kind for variant in book.direct.level(0)]
        self.expected = [self._ask(kind) for kind in kinds]

    def _ask(self, kind: type) -> list[Value]:
        part = self.book.part
        inside = Inside(module_of(part, kind), part.requires)
        return inside.ask(part, self.cases, Ask(weights="seed" if part.weights else None))

    def alike(self, kind: Any) -> bool:
        """Tell whether nothing but rounding tells a mutant from the reference."""
        if kind is None:
            return False
        try:
            with _limited(SECONDS):
                answers = self._ask(kind)
        except (_TooLong, Exception):  # noqa: BLE001  # it differs
            return False
        if self.book.part.weights is not None:
            return _same_but_for_signs(self.book, kind, self.cases)
        return any(
            all(_near(a, e) for a, e in zip(answers, expected, strict=True))
            for expected in self.expected
        )


def _same_but_for_signs(book: Book, kind: type, cases: Sequence[Any]) -> bool:
    """Tell whether a layer is the reference with the signs of some weights changed.

    Students store weights as they like: X W - b with b is X W + b with -b. All patterns of
    signs, one per role, are tried on one case, and what fits is held against all cases.
    """
    reference, case = book.part.reference, cases[0]
    mutant, right = (Model(book.part, Variant(k, ()), case) for k in (kind, reference))
    phi = torch.randn(mutant.size, generator=torch.Generator().manual_seed(1)).double()
    wanted = mutant.outcome(phi, case)
    for signs in itertools.product((1.0, -1.0), repeat=len(mutant.roles)):
        if _near(right.outcome(_signed(right, phi, signs), case), wanted):
            return all(_fits(book, kind, signs, other) for other in cases)
    return False


def _signed(model: Model, phi: Tensor, signs: Sequence[float]) -> Tensor:
    changed = phi.clone()
    for name, sign in zip(model.roles, signs, strict=True):
        changed[model.slices[name]] *= sign
    return changed


def _fits(book: Book, kind: type, signs: Sequence[float], case: Any) -> bool:
    reference = book.part.reference
    mutant, right = (Model(book.part, Variant(k, ()), case) for k in (kind, reference))
    phi = torch.randn(mutant.size, generator=torch.Generator().manual_seed(case.seed)).double()
    answer = right.outcome(_signed(right, phi, signs), case)
    return _near(answer, mutant.outcome(phi, case))


def _near(actual: Value, expected: Value) -> bool:
    if isinstance(actual, Tensor) and isinstance(expected, Tensor):
        return actual.shape == expected.shape and _near_tensors(actual, expected)
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        return actual.keys() == expected.keys() and all(
            _near(actual[name], expected[name]) for name in actual
        )
    if isinstance(actual, Sequence) and isinstance(expected, Sequence):
        if isinstance(actual, str):
            return bool(actual == expected)
        return len(actual) == len(expected) and all(map(_near, actual, expected))
    if isinstance(actual, float) and isinstance(expected, float):
        return abs(actual - expected) <= ALIKE * (1 + abs(expected))
    return bool(actual == expected)


def _near_tensors(actual: Tensor, expected: Tensor) -> bool:
    a, e = actual.detach().double(), expected.detach().double()
    gap = torch.where(a == e, 0.0, (a - e).abs() - ALIKE * (1 + e.abs()))
    return bool(((gap <= 0) | (a.isnan() & e.isnan())).all())
