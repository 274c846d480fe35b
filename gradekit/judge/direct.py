"""Explain a part whose weights have fixed names: outcomes against outcomes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradekit.judge.cases import draw
from gradekit.judge.compose import Variant, variants
from gradekit.judge.findings import Explanation, Finding
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import fingerprint
from gradekit.lab import Fails, Mistake, Part
from gradekit.lab.related import greatest_difference
from gradekit.wire.values import Failure, Value

__all__ = ["DirectBook", "agrees", "explain_direct", "gap"]

MAX_MISTAKES = 3


def gap(part: Part, case: Any, actual: Value, expected: Value) -> str:
    """Return how an outcome differs from the expected one, '' where it does not.

    Only what the reference returns as tensors is compared; an expected failure is matched by
    one of the same kind and message, or by any where the model says so.
    """
    if isinstance(expected, Failure):
        if expected.kind == Fails.__name__:
            return "" if isinstance(actual, Failure) else "the code does not fail"
        same = isinstance(actual, Failure) and actual.kind == expected.kind
        alike = same and _plain(actual.message) == _plain(expected.message)
        return "" if alike else "no such failure"
    if isinstance(actual, Failure):
        return f"your code failed: {actual}"
    if not isinstance(actual, Mapping):
        return "your code's outcome could not be read"
    for name, wanted in expected.items():
        if isinstance(wanted, Tensor):
            text = _tensor_gap(part, case, name, actual.get(name), wanted)
            if text:
                return text
    return ""


def _plain(message: str) -> str:
    """Return an error's message without the precision, in which a variant may differ."""
    return re.sub(r"torch\.\w+Tensor|Float|Double", "*", message)


def _tensor_gap(part: Part, case: Any, name: str, got: Any, wanted: Tensor) -> str:
    if not isinstance(got, Tensor):
        return f"{name} is missing, or no numbers"
    if got.shape != wanted.shape:
        return f"{name} has shape {tuple(got.shape)}, expected {tuple(wanted.shape)}"
    wanted = wanted.detach()
    allowed = torch.as_tensor(part.tolerance(case, name, wanted), dtype=torch.float64)
    a, e = got.detach().double(), wanted.double()
    fine = (a == e) | ((a - e).abs() <= allowed) & (a - e).isfinite() | (a.isnan() & e.isnan())
    if bool(fine.all()):
        return ""
    size, index = greatest_difference(torch.where(fine, e, a), e)
    bound = float(allowed.expand(e.shape)[index]) if e.dim() else float(allowed)
    place = f" at {index}" if index else ""
    if bool(a[index].isnan()):
        return f"{name} is NaN{place}"
    return f"{name} differs by {size:.3g}{place}, allowed {bound:.1g}"


@dataclass
class DirectBook:
    """The reference's side of a part: cases and outcomes of each variant, computed once."""

    part: Part
    batch_seed: int
    _outcomes: dict[tuple[type, bytes], Value] = field(default_factory=dict)
    _variants: dict[int, list[Variant]] = field(default_factory=dict)

    @cached_property
    def cases(self) -> tuple[Any, ...]:
        """The cases that search."""
        return draw(self.part, self.batch_seed)

    @cached_property
    def fresh(self) -> tuple[Any, ...]:
        """The cases that prove; none of them is used in the search."""
        known = {fingerprint(case) for case in self.cases}
        drawn = draw(self.part, self.batch_seed, fresh=True)
        return tuple(case for case in drawn if fingerprint(case) not in known)

    def outcome(self, kind: type, case: Any) -> Value:
        """Return what the reference or a variant of it gives for a case."""
        home = self.part.home(getattr(case, "convention", ""))
        case = _under([case], home)[0]
        key = (kind, fingerprint(case))
        if key not in self._outcomes:
            self._outcomes[key] = _run(self.part, kind, case)
        return self._outcomes[key]

    def size(self, case: Any) -> int:
        """Return how many numbers the reference gives for a case: small ones are tried first."""
        outcome = self.outcome(self.part.reference, case)
        values = outcome.values() if isinstance(outcome, Mapping) else ()
        return sum(value.numel() for value in values if isinstance(value, Tensor))

    @cached_property
    def compares(self) -> bool:
        """Whether the reference's outcomes hold anything that can be compared."""
        return any(self.size(case) for case in self.cases)

    def level(self, count: int) -> list[Variant]:
        """Return all variants with `count` mistakes; each class is made once."""
        if count not in self._variants:
            found = variants(self.part.reference, self.part.mistakes, count, self.part.variants)
            self._variants[count] = list(found)
        return self._variants[count]


def _run(part: Part, kind: type, case: Any) -> Value:
    """Drive a reference or variant here; a variant may fail as a student's code would."""
    torch.default_generator.manual_seed(0)
    before = torch.get_default_dtype()
    try:
        with np.errstate(all="ignore"):  # a step in the wrong direction may overflow
            outcome = part.drive(kind(), case)
        return {n: v.detach() if isinstance(v, Tensor) else v for n, v in outcome.items()}
    except Exception as error:  # noqa: BLE001  # a mistake may raise whatever torch raises
        return Failure(type(error).__name__, str(error)[:2000])
    finally:
        torch.set_default_dtype(before)


def explain_direct(
    book: DirectBook, memory: Memory, cases: Sequence[Any], most: int = MAX_MISTAKES
) -> Explanation:
    """Find the smallest set of at most `most` mistakes that reproduces the submission.

    Code that fails on every case is held against single mistakes alone: there is nothing to see.
    """
    answers = memory.fetch(cases)
    if agrees(book, memory, cases):
        return Explanation(agrees=True)
    first, first_case = _first_gap(book, cases, answers)
    if all(isinstance(answer, Failure) for answer in answers):
        most = 1
    order = sorted(range(len(cases)), key=lambda place: book.size(cases[place]))
    searched = [cases[place] for place in order], [answers[place] for place in order]
    for count in range(1, most + 1):
        likely = _likely(book, book.level(count), *searched)
        found = [v for v in likely if _reproduces(book, v, *searched)]
        proven = {}
        for variant in found:
            if variant.ids not in proven and _proves(book, variant, memory, cases):
                proven[variant.ids] = variant
        if proven:
            return _explanation(book, list(proven.values()), cases, first, first_case)
    return Explanation(disagreement=first, case=first_case)


def agrees(book: DirectBook, memory: Memory, cases: Sequence[Any]) -> bool:
    """Tell whether all outcomes are the reference's, or a legitimate variant's."""
    answers = memory.fetch(cases)
    return any(_reproduces(book, variant, cases, answers) for variant in book.level(0))


def _first_gap(book: DirectBook, cases: Sequence[Any], answers: Sequence[Value]) -> tuple[str, Any]:
    """Return the first difference from the reference and its case."""
    for case, answer in zip(cases, answers, strict=True):
        text = gap(book.part, case, answer, book.outcome(book.part.reference, case))
        if text:
            return text, case
    return "no single right answer gives all these outcomes", cases[0]


def _likely(
    book: DirectBook, variants: Sequence[Variant], cases: Sequence[Any], answers: Sequence[Value]
) -> Sequence[Variant]:
    """Return the variants that agree in what is cheap to compute: all, where nothing is."""
    quick = book.part.quick
    if quick is None:
        return variants
    asked = [quick(case) for case in cases]
    return [v for v in variants if _reproduces(book, v, asked, answers)]


def _reproduces(
    book: DirectBook, variant: Variant, cases: Sequence[Any], answers: Sequence[Value]
) -> bool:
    """Tell whether a variant gives the submission's outcomes, torch's own errors included."""
    pairs = zip(cases, answers, strict=True)
    return all(not gap(book.part, c, a, book.outcome(variant.kind, c)) for c, a in pairs)


def _proves(book: DirectBook, variant: Variant, memory: Memory, cases: Sequence[Any]) -> bool:
    convention = getattr(cases[0], "convention", "")
    fresh = _under(book.fresh, convention)
    return _reproduces(book, variant, fresh, memory.fetch(fresh))


def _under(cases: Sequence[Any], convention: str) -> list[Any]:
    return [replace(case, convention=convention) if convention else case for case in cases]


def _explanation(
    book: DirectBook, found: list[Variant], cases: Sequence[Any], first: str, first_case: Any
) -> Explanation:
    """Charge the cheapest of the sets that can't be told apart; name the others."""
    found.sort(key=lambda variant: (_cost(variant.mistakes), variant.ids))
    best = found[0]
    others = tuple(" + ".join(variant.ids) for variant in found[1:])
    variant_memory = Memory(lambda asked: [book.outcome(best.kind, case) for case in asked])
    broken = check_all(book.part.properties, cases, variant_memory)
    count = len(book.fresh)
    findings = tuple(
        Finding(
            mistake.id,
            mistake.points,
            mistake.reason,
            f"your outcomes are those of the reference with this mistake on {count} fresh cases;"
            f" from the right answer, {first}",
            mistake.hint,
            also=others,
            case=first_case,
        )
        for mistake in best.mistakes
    )
    return Explanation(
        findings, agrees=True, disagreement=first, case=first_case, explained=frozenset(broken)
    )


def _cost(mistakes: Sequence[Mistake]) -> float:
    return sum(mistake.points for mistake in mistakes)
