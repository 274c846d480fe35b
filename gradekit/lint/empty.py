"""Answers without any thought in them: each must fail in every part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import torch
from torch import Tensor

from gradekit.judge.direct import agrees
from gradekit.judge.part import Book
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask
from gradekit.lint.inside import Inside, module_of
from gradekit.wire.values import Value

__all__ = ["empty_answers"]

Change = Callable[[Tensor], Tensor]


def empty_answers(book: Book) -> dict[str, bool]:
    """Return for each kind of empty answer whether the part fails it.

    Kinds that leave every outcome as it is (text has no mean) are left out.
    """
    part = book.part
    inside = Inside(module_of(part, part.reference), part.requires)
    how = Ask(weights="seed" if part.weights else None)
    right = Memory(lambda cases: inside.ask(part, cases, how))
    first = right.fetch(book.direct.cases[:1])[0]
    kinds: dict[str, Callable[[Any, Value], Value]] = {
        "zero": lambda case, outcome: _each(outcome, lambda t: t * 0),
        "mean": lambda case, outcome: _each(outcome, _mean),
        "NaN": lambda case, outcome: _each(outcome, lambda t: t * torch.nan),
        "identity": lambda case, outcome: _each(outcome, lambda t: _input_like(case, t)),
        "constant": lambda case, outcome: first,
    }
    found = {}
    for name, change in kinds.items():
        failed = _fails(book, right, change)
        if failed is not None:
            found[name] = failed
    return found


def _fails(book: Book, right: Memory, change: Callable[[Any, Value], Value]) -> bool | None:
    """Tell whether the part fails changed outcomes; None where nothing is changed."""
    changed = False

    def ask(cases: Sequence[Any]) -> list[Value]:
        nonlocal changed
        answers = right.fetch(cases)
        given = [change(case, answer) for case, answer in zip(cases, answers, strict=True)]
        changed = changed or any(not _equal(a, g) for a, g in zip(answers, given, strict=True))
        return given

    memory = Memory(ask)
    broken = check_all(book.part.properties, book.direct.cases, memory)
    alike = book.part.weights is None and agrees(book.direct, memory, book.direct.cases)
    if not changed:
        return None
    return bool(broken) or (book.part.weights is None and not alike)


def _each(value: Value, change: Change) -> Value:
    """Return an outcome with each number changed, those in tuples too."""
    if isinstance(value, Tensor):
        return change(value.double()) if value.numel() else value
    if isinstance(value, Mapping):
        return {name: _each(item, change) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_each(item, change) for item in value)
    if isinstance(value, float):
        return float(change(torch.tensor(value, dtype=torch.float64)))
    return value


def _mean(value: Tensor) -> Tensor:
    return value.mean().expand(value.shape)


def _input_like(case: Any, value: Tensor) -> Tensor:
    """Return a field of the case that has the shape of an outcome; the outcome where none has."""
    for item in fields(case):
        given = getattr(case, item.name)
        if isinstance(given, Tensor) and given.shape == value.shape:
            return given.double()
    return value


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        return one.shape == other.shape and bool(torch.equal(one.double(), other.double()))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[k], other[k]) for k in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)
