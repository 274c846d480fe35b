"""A variant of the reference as a function of one flat vector of weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from gradekit.judge.compose import Variant
from gradekit.lab import Part
from gradekit.wire.values import Failure, Value

__all__ = ["Model", "Shapes", "central_differences", "drawn_outcome", "pinv"]

Shapes = tuple[tuple[int, ...], ...]


def pinv(matrix: Tensor) -> Tensor:
    """Return the pseudo-inverse; singular values below 1e-7 of the greatest count as zero."""
    inverse: Tensor = torch.linalg.pinv(matrix, rtol=1e-7)
    return inverse


class Model:
    """What a layer would return if it were this variant with these weights.

    Vectors phi (n,) hold all roles one after the other; observations (m,) hold the part's
    outcomes one after the other, in float64.
    """

    def __init__(self, part: Part, variant: Variant, probe: Any) -> None:
        self.part, self.variant, self.probe = part, variant, probe
        self.roles: dict[str, tuple[int, ...]] = variant.kind.roles(probe)  # type: ignore[attr-defined]  # what a reference with free weights has
        self.slices: dict[str, slice] = {}
        start = 0
        for name, shape in self.roles.items():
            self.slices[name] = slice(start, start + math.prod(shape))
            start += math.prod(shape)
        self.size = start

    def outcome(self, phi: Tensor, case: Any) -> dict[str, Any]:
        """Return the part's outcome with these weights."""
        weights = {name: phi[self.slices[name]].reshape(s) for name, s in self.roles.items()}
        home = self.part.conventions[0].name  # the reference follows this one
        if home and case.convention != home:
            case = replace(case, convention=home)
        return self.part.drive(self.variant.kind(weights), case)

    def observe(self, phi: Tensor, case: Any) -> Tensor:
        """Return the flat observation."""
        outcome = self.outcome(phi, case)
        return torch.cat([outcome[name].reshape(-1).double() for name in self.names])

    def observe_many(self, phis: Tensor, case: Any) -> Tensor:
        """Return observations (P, m) for weights (P, n)."""
        rows: Tensor = torch.func.vmap(lambda phi: self.observe(phi, case), randomness="same")(phis)
        return rows

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The outcomes that are observed."""
        assert self.part.weights is not None
        return self.part.weights.outcomes

    @cached_property
    def _home(self) -> tuple[Shapes, Tensor]:
        outcome = self.outcome(torch.zeros(self.size, dtype=torch.float64), self.probe)
        tensors = [outcome[name] for name in self.names]
        flat = torch.cat([tensor.reshape(-1).double() for tensor in tensors])
        return tuple(tuple(tensor.shape) for tensor in tensors), flat

    @property
    def shapes(self) -> Shapes:
        """The shapes of the outcomes on the probe."""
        return self._home[0]

    @property
    def at_zero(self) -> Tensor:
        """The observation of the probe with all weights zero."""
        return self._home[1]

    def jacobian(self, phi: Tensor, case: Any, step: float, order: int) -> Tensor:
        """Return d observation / d phi (m, n), by the same differences as the submission's."""
        points = central_differences(phi, step, order)
        return points.combine(self.observe_many(points.vectors, case))

    @cached_property
    def live(self) -> Tensor:
        """Which weights move the outcomes at all, at a generic point (n,) bool."""
        generator = torch.Generator().manual_seed(3)
        phi = torch.randn(self.size, generator=generator, dtype=torch.float64) * 0.6
        moves: Tensor = self.jacobian(phi, self.probe, 1e-4, 2).norm(dim=0) > 1e-7
        return moves


class central_differences:  # noqa: N801  # reads as the verb that it is
    """The points at which to observe, and how observations combine to a Jacobian."""

    def __init__(self, at: Tensor, step: float, order: int) -> None:
        self.count, self.step, self.order = len(at), step, order
        offsets = torch.eye(len(at), dtype=torch.float64) * step
        near = [at + offsets, at - offsets]
        far = [at + 2 * offsets, at - 2 * offsets] if order == 4 else []
        self.vectors = torch.cat([*near, *far])

    def combine(self, rows: Tensor) -> Tensor:
        """Return the Jacobian (m, n) from the observations (P, m)."""
        parts = [rows[start : start + self.count] for start in range(0, len(rows), self.count)]
        slope: Tensor = (parts[0] - parts[1]) / (2 * self.step)
        if self.order == 4:  # Richardson: the error falls from step^2 to step^4
            wide = (parts[2] - parts[3]) / (4 * self.step)
            slope = (4 * slope - wide) / 3
        return slope.T


def drawn_outcome(
    part: Part,
    variant: Variant,
    case: Any,
    draw: int = 0,
    still: frozenset[str] = frozenset(),
    constants: Mapping[str, float] | None = None,
) -> Value:
    """Return what a variant gives for a case, its weights drawn from the case's seed.

    `still` names roles to hold at zero, `constants` what is added to a role; `draw` counts
    further sets of weights.
    """
    model = Model(part, variant, case)
    generator = torch.Generator().manual_seed(case.seed + draw)
    phi = torch.randn(model.size, generator=generator, dtype=torch.float64) * case.weight_scale
    for name in still:
        phi[model.slices[name]] = 0
    for name, constant in (constants or {}).items():
        phi[model.slices[name]] += constant
    try:
        return model.outcome(phi, case)
    except Exception as error:  # noqa: BLE001  # a variant may fail as a student's code would
        return Failure(type(error).__name__, str(error)[:2000])
