"""One suite for all labs: the reference passes, each mistake is caught and named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from gradekit.judge.aligned import AlignedBook, explain_aligned
from gradekit.judge.direct import DirectBook, explain_direct
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask
from gradekit.lab import Mistake, Part
from gradekit.lint.inside import Inside, module_of
from gradekit.plugins import load_plugins

PARTS = [
    pytest.param(part, id=f"{lab.name}-{part.name}")
    for lab in load_plugins().labs.values()
    for part in lab.parts
]
ALL = [(lab.name, part) for lab in load_plugins().labs.values() for part in lab.parts]
DIRECT = [(lab, part) for lab, part in ALL if part.weights is None]
ALIGNED = [(lab, part) for lab, part in ALL if part.weights is not None]


def forms(parts: Sequence[tuple[str, Part]]) -> list[Any]:
    """Return every form of every mistake as a test parameter."""
    return [
        pytest.param(part, mistake, form, id=f"{lab}-{part.name}-{mistake.id}-{number}")
        for lab, part in parts
        for mistake in part.mistakes
        for number, form in enumerate(mistake.forms)
    ]


@pytest.mark.parametrize("part", PARTS)
def test_the_reference_violates_nothing(part: Part) -> None:
    """Every property holds for the reference on every case."""
    book = DirectBook(part, 0)
    inside = Inside(module_of(part, part.reference), part.requires)
    how = Ask(weights="seed" if part.weights else None)
    memory = Memory(lambda cases: inside.ask(part, cases, how))
    assert check_all([*part.properties, *part.symptoms], book.cases, memory) == {}


@pytest.mark.parametrize(("lab", "part"), ALIGNED)
def test_the_reference_in_disguise_is_right(lab: str, part: Part) -> None:
    """Shuffled into one vector, the reference is found to be itself, gradients included."""
    explanation = aligned(part, part.reference)
    assert (explanation.findings, explanation.agrees) == ((), True)


@pytest.mark.parametrize(("part", "mistake", "form"), forms(DIRECT))
def test_a_mistake_is_named_by_outcomes(part: Part, mistake: Mistake, form: type) -> None:
    """With or without a legitimate convention, what shows of a mistake gets its name alone."""
    book = direct_book(part)
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
    accepted = [[mistake.id], *([other] for other in mistake.same_as)]
    accepted += [[m.id] for m in part.mistakes if mistake.id in m.same_as]
    assert any(ids in accepted for ids in found)
    assert all(ids in ([], *accepted) for ids in found)


@pytest.mark.parametrize(("part", "mistake", "form"), forms(ALIGNED))
def test_a_mistake_is_named_by_alignment(part: Part, mistake: Mistake, form: type) -> None:
    """A layer with this mistake and shuffled weights gets its name and no other."""
    kind = type(form.__name__, (form, part.reference), {})
    assert [finding.id for finding in aligned(part, kind).findings] == [mistake.id]


_direct: dict[int, DirectBook] = {}
_aligned: dict[int, AlignedBook] = {}


def direct_book(part: Part) -> DirectBook:
    """Return the part's book; outcomes of its variants are computed once for all tests."""
    return _direct.setdefault(id(part), DirectBook(part, 0))


def aligned(part: Part, kind: type) -> Any:
    """Explain a variant with shuffled weights; the part's models are made once for all tests."""
    book = _aligned.setdefault(id(part), AlignedBook(part, direct_book(part).cases))
    inside = Inside(module_of(part, kind), part.requires)

    def ask(cases: Sequence[Any], how: Ask) -> Any:
        return inside.ask(part, cases, how)

    return explain_aligned(book, ask, part.conventions[0].name)
