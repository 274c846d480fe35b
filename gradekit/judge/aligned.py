"""Explain a part whose weights are the student's own: align, then hold against the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch

from gradekit.judge.align import Aligner, Map, Unalignable
from gradekit.judge.findings import Explanation, Finding
from gradekit.judge.fit import REACHED, nearest
from gradekit.judge.gradients import gradient_finding
from gradekit.judge.model import Model, drawn_outcome
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.search import (
    PROOFS,
    SEARCH_ROWS,
    AlignedBook,
    Asker,
    Candidate,
    search,
    sweeper,
)
from gradekit.judge.session import Ask
from gradekit.lab import Mistake, Symptom
from gradekit.text import cut
from gradekit.wire.values import Value

__all__ = ["AlignedBook", "explain_aligned", "explain_by_fit"]

FIT = 301  # what the batch seed is drawn on for
FIT_WEIGHTS = 3  # vectors of the layer's weights at which a fit is tried
FIT_FAR = 1e-4  # nearer than this is no evidence: a search may stop short of what is there
FITTED = "at three random sets of weights it equals the reference; its weights map to no linear one"
MAX_WEIGHTS = 3_000  # at the probe's sizes, where the reference has some hundreds
WEIGHT_DRAWS = 4  # sets of weights with which a variant may show that it breaks a property


def explain_aligned(book: AlignedBook, ask: Asker, convention: str) -> Explanation:
    """Find the smallest set of mistakes under which the layer is the reference.

    The submission's parameters are tried first; other tensors count as weights only if that
    explains more.
    """
    probe = replace(book.probe, convention=convention)
    described = _described(ask, probe)
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
            candidate, aligner = search(book, ask, convention, size, unregistered)
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


def _described(ask: Asker, case: Any) -> Value:
    """Return how many weights a layer has; something else where it does not say."""
    found = ask([case], Ask(weights="describe"))[0]
    if not isinstance(found, dict):
        return found
    counts = [found.get(name) for name in ("registered", "all")]
    for count in counts:
        if type(count) is not int or not 0 <= count <= MAX_WEIGHTS:
            return f"it has {cut(str(count), 40)} weights; up to {MAX_WEIGHTS} can be compared"
    return found


def _explained(
    book: AlignedBook,
    ask: Asker,
    convention: str,
    candidate: Candidate,
    unregistered: bool,
    aligner: Aligner,
) -> Explanation:
    """Turn a candidate into findings with proofs, gradients included."""
    free, found = book.part.weights, candidate.found
    assert free is not None
    findings = _findings(book, candidate, unregistered)
    gradient, trouble = gradient_finding(book, ask, convention, found, unregistered, aligner)
    if candidate.unnamed:
        trouble = f"nothing in your layer moves {', '.join(candidate.unnamed)}"
    odd = candidate.ids or candidate.unnamed or found.constants
    explained = _also_broken(book, found) if odd else frozenset()
    if unregistered:
        explained |= frozenset(free.unregistered.explains)
    return Explanation(
        (*findings, *gradient),
        agrees=not trouble,
        disagreement=trouble,
        explained=explained,
        case=book.probe,
    )


def _findings(book: AlignedBook, candidate: Candidate, unregistered: bool) -> list[Finding]:
    """Return what outcomes show: modelled mistakes, missing and tied weights, and strays."""
    free, found = book.part.weights, candidate.found
    assert free is not None
    proof = (
        f"on {len(PROOFS) * SEARCH_ROWS} fresh inputs with {len(PROOFS)} random sets of weights,"
        f" greatest difference {found.error:.1g}"
    )
    modelled = {mistake.id: mistake for mistake in found.model.variant.mistakes}
    named: dict[str, Mistake | Symptom] = {s.id: s for s in candidate.symptoms} | modelled
    if candidate.unnamed:
        named = {}
    texts = [(item, _proof(item, found, proof)) for item in named.values()]
    if unregistered:
        text = f"your layer agrees only with tensors that parameters() does not list, {proof}"
        texts.append((free.unregistered, text))
    return [
        Finding(
            item.id, item.points, item.reason, text, item.hint, also=candidate.also, case=book.probe
        )
        for item, text in texts
    ]


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
            variant, still, added = found.model.variant, found.still, found.constants
            return [drawn_outcome(part, variant, case, draw, still, added) for case in cases]

        names |= set(check_all(part.properties, book.cases, Memory(outcomes)))
    return frozenset(names)


# Weights that no linear map explains


def explain_by_fit(book: AlignedBook, ask: Asker, convention: str) -> Explanation:
    """Judge a layer that violates nothing and could not be aligned.

    Its weights are held at three random vectors. If a reference with some weights agrees each
    time, nothing is wrong; if none comes near at any of them, it is no such layer.
    """
    free = book.part.weights
    assert free is not None
    case = replace(free.probe(book.drawn(FIT), 2 * SEARCH_ROWS), convention=convention)
    described = _described(ask, case)
    if not isinstance(described, dict) or not described["registered"]:
        return Explanation(aligned=False, disagreement="it has no parameters")
    sweep, dtypes = sweeper(book, ask, unregistered=False)
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
