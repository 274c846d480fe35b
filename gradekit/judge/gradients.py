"""Hold a layer's gradients against the reference's, through the map that aligns their weights.

Under phi = L theta + m, d loss / d theta = L^T d loss / d phi. Outcomes may agree where gradients
do not: a state that is cut from the graph trains nothing through time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import torch
from torch import Tensor

from gradekit.judge.align import Aligner, Map
from gradekit.judge.findings import Finding
from gradekit.judge.model import Model
from gradekit.judge.session import Ask
from gradekit.lab import Part
from gradekit.wire.values import Value

__all__ = ["gradient_finding"]

GRADIENT_SEED = 77
ROWS = 9


class Models(Protocol):
    """What is needed of the reference's side."""

    part: Part

    def with_gradient_mistake(self, found: Map) -> Iterator[Model]:
        """Yield a found model with one further mistake that only gradients show."""


def gradient_finding(
    book: Models,
    ask: Callable[[Sequence[Any], Ask], list[Value]],
    convention: str,
    own: Map,
    unregistered: bool,
    aligner: Aligner,
) -> tuple[list[Finding], str]:
    """Return what gradients show beside outcomes: a named mistake, or a plain disagreement."""
    part, free = book.part, book.part.weights
    if part.gradients is None or free is None:
        return [], ""
    case = replace(free.probe(GRADIENT_SEED, ROWS), convention=convention)
    generator = torch.Generator().manual_seed(GRADIENT_SEED)
    theta = 0.6 * torch.randn(aligner.size, generator=generator, dtype=torch.float64)
    outcome = own.model.outcome(own(theta), case)
    cotangents = {
        name: torch.randn(outcome[name].shape, generator=generator, dtype=torch.float64)
        for name in part.gradients.outcomes
    }
    wrt = tuple(n for n in part.gradients.wrt if n != "weights" or not unregistered)
    how = Ask(weights=theta, unregistered=unregistered, wrt=wrt, cotangents=cotangents)
    answer = ask([case], how)[0]
    if not isinstance(answer, dict):
        return [], f"gradients could not be computed: {answer}"
    bound = 1e-3 if aligner.precision.proof > 1e-8 else 1e-6

    def trouble(model: Model) -> str:
        expected = _expected_gradients(replace(own, model=model), theta, case, cotangents, wrt)
        return _gradient_gap(answer, expected, wrt, bound)

    first = trouble(own.model)
    if not first:
        return [], ""
    for model in book.with_gradient_mistake(own):
        if not trouble(model):
            mistake = model.variant.mistakes[-1]
            text = f"outputs agree, gradients don't: {first}; those of this mistake do"
            return [Finding(mistake.id, mistake.points, mistake.reason, text, mistake.hint)], ""
    return [], first


def _expected_gradients(
    found: Map, theta: Tensor, case: Any, cotangents: dict[str, Tensor], wrt: tuple[str, ...]
) -> dict[str, Tensor]:
    weights = theta.clone().requires_grad_()
    leaves = {n: getattr(case, n).clone().requires_grad_() for n in wrt if n != "weights"}
    outcome = found.model.outcome(found(weights), replace(case, **leaves))
    loss = torch.stack([(outcome[n].double() * c).sum() for n, c in cotangents.items()]).sum()
    wanted = {**leaves, **({"weights": weights} if "weights" in wrt else {})}
    if not loss.requires_grad:
        return {name: torch.zeros_like(leaf) for name, leaf in wanted.items()}
    got = torch.autograd.grad(loss, list(wanted.values()), allow_unused=True)
    pairs = zip(wanted.items(), got, strict=True)
    return {name: torch.zeros_like(leaf) if g is None else g for (name, leaf), g in pairs}


def _gradient_gap(
    answer: dict[str, Any], expected: dict[str, Tensor], wrt: tuple[str, ...], bound: float
) -> str:
    for name in wrt:
        got = answer.get(name)
        if not isinstance(got, Tensor) or got.shape != expected[name].shape:
            return f"no gradient came back for {name}"
        size = float((got.double() - expected[name]).abs().max() / (1 + expected[name].abs().max()))
        if not size <= bound:
            return f"the gradient for {name} is off by {size:.2g}, allowed {bound:.0e}"
    return ""
