"""Search the variants of a reference for one that a submission's weights map to.

No mistake is tried first, then one, two, three at once. What costs nothing to compare goes first:
the shapes, then the outcomes with all weights zero, then Jacobians.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from gradekit.judge.align import Aligner, Map, Precision, Sweep, Unalignable
from gradekit.judge.compose import Variant, variants
from gradekit.judge.model import Model, Shapes, drawn_outcome
from gradekit.judge.session import Ask
from gradekit.lab import Part, Symptom
from gradekit.wire.values import Failure, Value

__all__ = ["PROOFS", "SEARCH_ROWS", "AlignedBook", "Asker", "Candidate", "search", "sweeper"]

MAX_MISTAKES = 3
SEARCH_ROWS = 13  # rows of the probe: no sum or multiple of its other sizes
PROBE, WEIGHTS, PROOFS = 11, 5, (101, 103, 105, 107)  # what the batch seed is drawn on for
NAMELESS = MAX_MISTAKES + 2  # the cost of a disagreement that the lab has no name for

Asker = Callable[[Sequence[Any], Ask], list[Value]]


@dataclass
class AlignedBook:
    """The reference's side of a part with free weights; depends on the lab alone."""

    part: Part
    cases: tuple[Any, ...]  # the part's drawn cases
    seed: int = 0  # the batch seed: probes, proofs and weights are drawn from it
    _levels: dict[int, list[Model]] = field(default_factory=dict)

    @property
    def probe(self) -> Any:
        """The case whose Jacobians are compared."""
        assert self.part.weights is not None
        return self.part.weights.probe(self.drawn(PROBE), SEARCH_ROWS)

    def drawn(self, purpose: int) -> int:
        """Return the seed for one purpose; no two purposes of a batch share one."""
        return (self.seed * 1009 + purpose) % 2**31

    def level(self, count: int) -> list[Model]:
        """Return all models with `count` mistakes that outcomes can show."""
        if count not in self._levels:
            part = self.part
            assert part.weights is not None
            shown = [mistake for mistake in part.mistakes if not mistake.in_gradients]
            probe = self.probe
            self._levels[count] = [
                Model(part, variant, probe)
                for variant in variants(part.reference, shown, count, part.variants)
            ]
        return self._levels[count]

    def reference_outcomes(self, cases: Sequence[Any]) -> list[Value]:
        """Return what the reference gives for cases, its weights drawn from each case's seed."""
        variant = Variant(self.part.reference, ())
        return [drawn_outcome(self.part, variant, case) for case in cases]

    def with_gradient_mistake(self, found: Map) -> Iterator[Model]:
        """Yield the found model with one further mistake that only gradients show."""
        variant = found.model.variant
        for mistake in self.part.mistakes:
            for form in mistake.forms if mistake.in_gradients else ():
                kind = type(form.__name__, (form, variant.kind), {})
                both = Variant(kind, (*variant.mistakes, mistake), variant.extras)
                yield Model(self.part, both, self.probe)


@dataclass(frozen=True)
class Candidate:
    """A proven map, and all that is wrong under it."""

    found: Map
    symptoms: tuple[Symptom, ...]
    unnamed: tuple[str, ...]  # roles that nothing moves, and for which the lab has no name
    also: tuple[str, ...] = ()  # other sets of the same size that explain it as well

    @property
    def ids(self) -> tuple[str, ...]:
        """What is wrong, by id."""
        names = {*self.found.model.variant.ids, *(symptom.id for symptom in self.symptoms)}
        return () if self.unnamed else tuple(sorted(names))

    @property
    def cost(self) -> int:
        """How much has to be wrong for this to be the explanation."""
        return NAMELESS if self.unnamed else len(self.ids)

    @property
    def points(self) -> float:
        """What it would be charged."""
        mistakes = self.found.model.variant.mistakes
        return sum(m.points for m in mistakes) + sum(s.points for s in self.symptoms)


def sweeper(book: AlignedBook, ask: Asker, unregistered: bool) -> tuple[Sweep, list[torch.dtype]]:
    """Return how to observe a submission at many weights, and the precisions seen so far."""
    names = book.part.weights.outcomes if book.part.weights else ()
    dtypes: list[torch.dtype] = []

    def sweep(vectors: Tensor, case: Any) -> tuple[Tensor, Shapes]:
        how = Ask(weights=vectors, flatten=names, unregistered=unregistered)
        answer = ask([case], how)[0]
        if isinstance(answer, Failure) or not isinstance(answer, dict):
            raise Unalignable(f"your code failed: {answer}")
        rows, outcome = answer.get("rows"), answer.get("outcome")
        if not isinstance(rows, Tensor) or rows.dim() != 2 or len(rows) != len(vectors):
            raise Unalignable("its outcomes could not be read")
        tensors = [outcome.get(name) if isinstance(outcome, dict) else None for name in names]
        if not all(isinstance(tensor, Tensor) for tensor in tensors):
            raise Unalignable("its outcomes are no tensors")
        dtypes.extend(tensor.dtype for tensor in tensors if isinstance(tensor, Tensor))
        return rows, tuple(tuple(t.shape) for t in tensors if isinstance(t, Tensor))

    return sweep, dtypes


def search(
    book: AlignedBook, ask: Asker, convention: str, size: int, unregistered: bool
) -> tuple[Candidate | None, Aligner]:
    """Try no mistake first, then one, two, three; finer differences where they are needed."""
    sweep, dtypes = sweeper(book, ask, unregistered)
    probe = replace(book.probe, convention=convention)
    free = book.part.weights
    assert free is not None
    sweep(torch.zeros(1, size, dtype=torch.float64), probe)
    dtype = torch.float32 if torch.float32 in dtypes else torch.float64
    seeds = [book.drawn(purpose) for purpose in PROOFS]
    proofs = [replace(free.probe(s, SEARCH_ROWS), convention=convention) for s in seeds]

    def aligner(order: int) -> Aligner:
        bounds = Precision.of(dtype, order)
        return Aligner(sweep, probe, proofs, size, bounds, order, book.drawn(WEIGHTS))

    coarse = aligner(2)
    best = _smallest(book, coarse, MAX_MISTAKES)
    if best is None or best.cost:
        right = _level(book, coarse, 0, offsets=True) or _with_constants(book, coarse, 0)
        if right is not None and (best is None or right.cost < best.cost):
            best = right
    if best is None or not best.found.exact:
        fine = aligner(4)
        sharper = _smallest(book, fine, 1 if best is None else min(best.cost, MAX_MISTAKES))
        if sharper is not None and (best is None or sharper.cost <= best.cost):
            return sharper, fine
    if best is None:
        best = _level(book, coarse, 1, offsets=True) or _with_constants(book, coarse, 1)
    return best, coarse


def _with_constants(book: AlignedBook, aligner: Aligner, count: int) -> Candidate | None:
    """Return the smallest candidate that adds 1 or -1 to one bias or two, whatever its weights.

    A constant that does not show with all weights zero, but scales what shows later, can't be
    fitted on the way; forget biases of 1 are supposed from the outset.
    """
    zero = aligner.stage(torch.zeros(aligner.size, dtype=torch.bool)).observed
    proven: dict[tuple[str, ...], Candidate] = {}
    for model in book.level(count):
        if model.shapes != aligner.shapes or model.variant.ids in proven:
            continue
        for start in _constants(model):
            if not _equal(model.observe(start, book.probe), zero, aligner.precision.equal):
                continue
            found = aligner.align(model, start=start)
            candidate = _candidate(found) if found is not None else None
            if candidate is not None and not (candidate.unnamed and count):
                proven.setdefault(candidate.ids, candidate)
    return _cheapest(list(proven.values()))


def _constants(model: Model) -> Iterator[Tensor]:
    biases = [part for name, part in model.slices.items() if len(model.roles[name]) == 1]
    for signs in itertools.product((0.0, 1.0, -1.0), repeat=len(biases)):
        if 0 < sum(sign != 0 for sign in signs) <= 2:
            start = torch.zeros(model.size, dtype=torch.float64)
            for part, sign in zip(biases, signs, strict=True):
                start[part] = sign
            yield start


def _smallest(book: AlignedBook, aligner: Aligner, most: int) -> Candidate | None:
    best: Candidate | None = None
    for count in range(most + 1):
        if best is not None and best.cost <= count:
            break
        found = _level(book, aligner, count)
        if found is not None and (best is None or found.cost < best.cost):
            best = found
    return best


def _level(
    book: AlignedBook, aligner: Aligner, count: int, *, offsets: bool = False
) -> Candidate | None:
    """Return the smallest candidate with `count` modelled mistakes; the order is fixed."""
    proven: dict[tuple[str, ...], Candidate] = {}
    zero = aligner.stage(torch.zeros(aligner.size, dtype=torch.bool)).observed
    for model in book.level(count):
        if model.shapes != aligner.shapes or (count and model.variant.ids in proven):
            continue
        if not offsets and not _equal(model.at_zero, zero, aligner.precision.equal):
            continue
        found = aligner.align(model, offsets=offsets)
        if found is None:
            continue
        candidate = _candidate(found)
        if candidate.unnamed and count:
            continue  # a mistake and something nameless besides: a guess, no explanation
        if candidate.ids not in proven or candidate.cost < proven[candidate.ids].cost:
            proven[candidate.ids] = candidate
        if not candidate.cost:
            break
    return _cheapest(list(proven.values()))


def _cheapest(candidates: list[Candidate]) -> Candidate | None:
    """Return the smallest set; among equals the cheapest, which names the others."""
    if not candidates:
        return None
    least = min(candidate.cost for candidate in candidates)
    equal = [candidate for candidate in candidates if candidate.cost == least]
    equal.sort(key=lambda candidate: (candidate.points, candidate.ids))
    also = tuple(" + ".join(candidate.ids) for candidate in equal[1:] if candidate.ids)
    return replace(equal[0], also=also)


def _equal(one: Tensor, other: Tensor, allowed: float) -> bool:
    return one.shape == other.shape and bool((one - other).abs().max() <= allowed)


def _candidate(found: Map) -> Candidate:
    free = found.model.part.weights
    assert free is not None
    named = {free.missing[name] for name in found.missing if name in free.missing}
    unnamed = tuple(name for name in found.missing if name not in free.missing)
    if found.tied and free.tied is not None:
        named.add(free.tied)
    return Candidate(found, tuple(sorted(named, key=lambda s: s.id)), unnamed)
