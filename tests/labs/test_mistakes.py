"""One suite for all labs: the reference passes, each mistake is caught and named."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from gradekit.judge.aligned import AlignedBook, explain_aligned
from gradekit.judge.direct import DirectBook, explain_direct
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask, fields_of, name_of
from gradekit.lab import Mistake, Part
from gradekit.plugins import load_plugins
from gradekit.runner.perform import perform
from gradekit.wire.messages import Perform
from gradekit.wire.values import Payload, Value, pack

PARTS = [part for lab in load_plugins().labs.values() for part in lab.parts]
DIRECT = [part for part in PARTS if part.weights is None]
ALIGNED = [part for part in PARTS if part.weights is not None]


def forms(parts: Sequence[Part]) -> list[Any]:
    """Return every form of every mistake as a test parameter."""
    return [
        pytest.param(part, mistake, form, id=f"{part.name}-{mistake.id}-{number}")
        for part in parts
        for mistake in part.mistakes
        for number, form in enumerate(mistake.forms)
    ]


def disguised(kind: Any) -> Any:
    """Return a module whose GRU is this variant with one shuffled flat parameter."""

    class GRU(nn.Module):
        def __init__(self, inputs: int, hiddens: int) -> None:
            super().__init__()
            self.roles = kind.roles(SimpleNamespace(inputs=inputs, hiddens=hiddens))
            size = sum(torch.Size(shape).numel() for shape in self.roles.values())
            generator = torch.Generator().manual_seed(1)
            self.order = torch.randperm(size, generator=generator)
            self.flat = nn.Parameter(torch.zeros(size))

        def forward(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
            weights, start = {}, 0
            for name, shape in self.roles.items():
                count = torch.Size(shape).numel()
                weights[name] = self.flat[self.order][start : start + count].reshape(shape)
                start += count
            outcome: tuple[Tensor, Tensor] = kind(weights)(x, state)
            return outcome

    return SimpleNamespace(GRU=GRU)


def asker(part: Part, module: Any) -> Any:
    """Return what asks a runner, with the runner's own code in this process."""

    def ask(cases: Sequence[Any], how: Ask) -> list[Value]:
        payload = Payload()
        request = Perform(
            drive=name_of(part.drive),
            build=name_of(part.build),
            case_type=name_of(type(cases[0])),
            cases=[pack(fields_of(case), payload) for case in cases],
            weights=pack(how.weights, payload),
            flatten=how.flatten,
            unregistered=how.unregistered,
            wrt=how.wrt,
            cotangents=pack(how.cotangents, payload),
        )
        data = memoryview(b"".join(bytes(buffer) for buffer in payload.buffers))
        try:
            return list(perform(request, data, module, []))
        finally:
            torch.set_default_dtype(torch.float32)

    return ask


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_reference_violates_nothing(part: Part) -> None:
    """Every property holds for the reference on every case."""
    book = DirectBook(part, 0)
    if part.weights is None:
        memory = Memory(lambda cases: [book.outcome(part.reference, case) for case in cases])
    else:
        ask = asker(part, disguised(part.reference))
        memory = Memory(lambda cases: ask(cases, Ask(weights="seed")))
    assert check_all(part.properties, book.cases, memory) == {}


@pytest.mark.parametrize("part", ALIGNED, ids=lambda part: part.name)
def test_the_reference_in_disguise_is_right(part: Part) -> None:
    """Shuffled into one vector, the reference is found to be itself, gradients included."""
    book = AlignedBook(part, DirectBook(part, 0).cases)
    ask = asker(part, disguised(part.reference))
    explanation = explain_aligned(book, ask, part.conventions[0].name)
    assert (explanation.findings, explanation.agrees) == ((), True)


@pytest.mark.parametrize(("part", "mistake", "form"), forms(DIRECT))
def test_a_mistake_is_named_by_outcomes(part: Part, mistake: Mistake, form: type) -> None:
    """With or without a legitimate convention, what shows of a mistake gets its name alone."""
    book = DirectBook(part, 0)
    found = []
    for extra in ((), *((variant,) for variant in part.variants)):
        try:
            kind = type(form.__name__, (form, *extra, part.reference), {})
        except TypeError:
            continue
        memory = Memory(lambda cases, kind=kind: [book.outcome(kind, case) for case in cases])
        explanation = explain_direct(book, memory, book.cases)
        assert explanation.agrees
        found.append([finding.id for finding in explanation.findings])
    assert [mistake.id] in found
    assert all(ids in ([], [mistake.id]) for ids in found)


@pytest.mark.parametrize(("part", "mistake", "form"), forms(ALIGNED))
def test_a_mistake_is_named_by_alignment(part: Part, mistake: Mistake, form: type) -> None:
    """A layer with this mistake and shuffled weights gets its name and no other."""
    book = aligned_book(part)
    kind = type(form.__name__, (form, part.reference), {})
    explanation = explain_aligned(book, asker(part, disguised(kind)), part.conventions[0].name)
    assert [finding.id for finding in explanation.findings] == [mistake.id]


_books: dict[str, AlignedBook] = {}


def aligned_book(part: Part) -> AlignedBook:
    """Return the part's book; its models are made once for all tests."""
    if part.name not in _books:
        _books[part.name] = AlignedBook(part, DirectBook(part, 0).cases)
    return _books[part.name]
