"""Explain a part whose weights are the student's own: align, then hold against the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from gradekit.judge.align import Aligner, Map, Precision, Sweep, Unalignable
from gradekit.judge.compose import Variant, variants
from gradekit.judge.findings import Explanation, Finding
from gradekit.judge.fit import REACHED, nearest
from gradekit.judge.gradients import gradient_finding
from gradekit.judge.model import Model, Shapes
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask
from gradekit.lab import Mistake, Part, Symptom
from gradekit.wire.values import Failure, Value

__all__ = ["AlignedBook", "explain_aligned", "explain_by_fit"]

MAX_MISTAKES = 3
SEARCH_ROWS = 13  # rows of the probe: no sum or multiple of its other sizes
PROBE, WEIGHTS, FIT, PROOFS = 11, 5, 301, (101, 103, 105, 107)
NAMELESS = MAX_MISTAKES + 2  # the cost of a disagreement that the lab has no name for
FIT_WEIGHTS = 3  # vectors of the layer's weights at which a fit is tried
FIT_FAR = 1e-4  # nearer than this is no evidence: a search may stop short of what is there
FITTED = "at three random sets of weights it equals the reference; its weights map to no linear one"
WEIGHT_DRAWS = 4  # sets of weights with which a variant may show that it breaks a property

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
        return [_drawn_outcome(self.part, variant, frozenset(), case, 0) for case in cases]

    def with_gradient_mistake(self, found: Map) -> Iterator[Model]:
        """Yield the found model with one further mistake that only gradients show."""
        variant = found.model.variant
        for mistake in self.part.mistakes:
            for form in mistake.forms if mistake.in_gradients else ():
                kind = type(form.__name__, (form, *_bases(variant.kind)), {})
                both = Variant(kind, (*variant.mistakes, mistake), variant.extras)
                yield Model(self.part, both, self.probe)


def _bases(kind: type) -> tuple[type, ...]:
    return (kind,)


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


def explain_aligned(book: AlignedBook, ask: Asker, convention: str) -> Explanation:
    """Find the smallest set of mistakes under which the layer is the reference.

    The submission's parameters are tried first; other tensors count as weights only if that
    explains more.
    """
    probe = replace(book.probe, convention=convention)
    described = ask([probe], Ask(weights="describe"))[0]
    if not isinstance(described, dict):
        return Explanation(aligned=False, disagreement=str(described))
    tries = [False, True] if described["all"] > described["registered"] else [False]
    best: tuple[int, Candidate, bool, Aligner] | None = None
    trouble = "no weights of the reference reproduce its outputs"
    for unregistered in tries:
        size = described["all" if unregistered else "registered"]
        if not size:
            trouble = "it has no parameters"
            continue
        try:
            candidate, aligner = _search(book, ask, convention, size, unregistered)
        except Unalignable as error:
            trouble = str(error)
            continue
        if candidate is None:
            continue
        cost = candidate.cost + unregistered
        if best is None or cost < best[0]:
            best = cost, candidate, unregistered, aligner
        if cost == 0:
            break
    if best is None:
        return Explanation(aligned=False, disagreement=trouble)
    return _explained(book, ask, convention, best[1], best[2], best[3])


def _sweeper(book: AlignedBook, ask: Asker, unregistered: bool) -> tuple[Sweep, list[torch.dtype]]:
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


def _search(
    book: AlignedBook, ask: Asker, convention: str, size: int, unregistered: bool
) -> tuple[Candidate | None, Aligner]:
    """Try no mistake first, then one, two, three; finer differences where they are needed."""
    sweep, dtypes = _sweeper(book, ask, unregistered)
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
        right = _level(book, coarse, 0, offsets=True)
        if right is not None and (best is None or right.cost < best.cost):
            best = right
    if best is None or not best.found.exact:
        fine = aligner(4)
        sharper = _smallest(book, fine, 1 if best is None else min(best.cost, MAX_MISTAKES))
        if sharper is not None and (best is None or sharper.cost <= best.cost):
            return sharper, fine
    if best is None:
        best = _level(book, coarse, 1, offsets=True)
    return best, coarse


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


def _explained(
    book: AlignedBook,
    ask: Asker,
    convention: str,
    candidate: Candidate,
    unregistered: bool,
    aligner: Aligner,
) -> Explanation:
    """Turn a candidate into findings with proofs, gradients included."""
    free = book.part.weights
    assert free is not None
    found = candidate.found
    count = len(PROOFS) * SEARCH_ROWS
    proof = (
        f"on {count} fresh sequences with {len(PROOFS)} random sets of weights,"
        f" greatest difference {found.error:.1g}"
    )
    mistakes = found.model.variant.mistakes
    ids = {mistake.id for mistake in mistakes}
    named: list[Mistake | Symptom] = [*mistakes]
    named += [symptom for symptom in candidate.symptoms if symptom.id not in ids]
    if candidate.unnamed:
        named = []
    findings = [
        Finding(
            item.id,
            item.points,
            item.reason,
            _proof(item, found, proof),
            item.hint,
            also=candidate.also,
            case=book.probe,
        )
        for item in named
    ]
    if unregistered:
        text = f"only with tensors that parameters() does not list is your layer a GRU; {proof}"
        symptom = free.unregistered
        findings.append(
            Finding(
                symptom.id,
                symptom.points,
                symptom.reason,
                text,
                symptom.hint,
                case=book.probe,
            )
        )
    gradient, trouble = gradient_finding(book, ask, convention, found, unregistered, aligner)
    findings += gradient
    if candidate.unnamed:
        trouble = f"nothing in your layer moves {', '.join(candidate.unnamed)}"
    explained = _also_broken(book, found) if named or candidate.unnamed else frozenset()
    if unregistered:
        explained |= frozenset(free.unregistered.explains)
    return Explanation(
        tuple(findings),
        agrees=not trouble,
        disagreement=trouble,
        explained=explained,
        case=book.probe,
    )


def _proof(item: Mistake | Symptom, found: Map, proof: str) -> str:
    if isinstance(item, Mistake):
        return f"your outputs are those of the reference with this mistake, {proof}"
    roles = ", ".join(found.missing)
    what = f"no weight of yours acts as {roles}" if roles and not found.tied else ""
    if found.tied and not what:
        what = f"{found.tied} of the reference's weights can't be moved on their own in yours"
    return f"{what}; the rest agrees {proof}"


def _also_broken(book: AlignedBook, found: Map) -> frozenset[str]:
    """Return the properties that the explaining variant breaks as well.

    Its weights are drawn anew for each case; what nothing in the submission moves is zero.
    """
    part = book.part
    names: set[str] = set()
    for draw in range(WEIGHT_DRAWS):

        def outcomes(cases: Sequence[Any], draw: int = draw) -> list[Value]:
            still, variant = found.still, found.model.variant
            return [_drawn_outcome(part, variant, still, case, draw) for case in cases]

        names |= set(check_all(part.properties, book.cases, Memory(outcomes)))
    return frozenset(names)


def _drawn_outcome(
    part: Part, variant: Variant, still: frozenset[str], case: Any, draw: int
) -> Value:
    model = Model(part, variant, case)
    generator = torch.Generator().manual_seed(case.seed + draw)
    phi = torch.randn(model.size, generator=generator, dtype=torch.float64) * case.weight_scale
    for name in still:
        phi[model.slices[name]] = 0
    try:
        return model.outcome(phi, case)
    except Exception as error:  # noqa: BLE001  # a variant may fail as a student's code would
        return Failure(type(error).__name__, str(error)[:2000])


# Weights that no linear map explains


def explain_by_fit(book: AlignedBook, ask: Asker, convention: str) -> Explanation:
    """Judge a layer that violates nothing and could not be aligned.

    Its weights are held at three random vectors. If a reference with some weights agrees each
    time, nothing is wrong; if none comes near at any of them, it is no such layer.
    """
    free = book.part.weights
    assert free is not None
    case = replace(free.probe(book.drawn(FIT), 2 * SEARCH_ROWS), convention=convention)
    described = ask([case], Ask(weights="describe"))[0]
    if not isinstance(described, dict) or not described.get("registered"):
        return Explanation(aligned=False, disagreement="it has no parameters")
    sweep, dtypes = _sweeper(book, ask, unregistered=False)
    generator = torch.Generator().manual_seed(book.drawn(FIT))
    size = (FIT_WEIGHTS, described["registered"])
    vectors = 0.3 * torch.randn(*size, generator=generator, dtype=torch.float64)
    try:
        rows, shapes = sweep(vectors, case)
    except Unalignable as error:
        return Explanation(aligned=False, disagreement=str(error))
    models = [Model(book.part, model.variant, case) for model in book.level(0)]
    comparable = torch.float32 not in dtypes and bool(rows.isfinite().all())
    if not comparable or all(model.shapes != shapes for model in models):
        return Explanation(aligned=False, disagreement="its outputs are not comparable")
    near = [min(nearest(model, case, row) for model in models) for row in rows]
    if max(near) <= REACHED:
        return Explanation(aligned=False, disagreement=FITTED)
    if min(near) < FIT_FAR:
        return Explanation(aligned=False, disagreement="its nearest reference is almost equal")
    text = (
        f"whatever weights the reference is given, its outputs differ from yours by at least"
        f" {min(near):.2g} (searched for {FIT_WEIGHTS} sets of your weights)"
    )
    return Explanation(aligned=True, agrees=False, disagreement=text, case=book.probe)
