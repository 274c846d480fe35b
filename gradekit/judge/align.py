"""Find the linear map from a submission's weights to a reference's, without names or shapes.

A student's layer with weights theta (n,) should be the reference with weights phi = L theta + m:
permuting, transposing, fusing, doubling biases and 1 - z are all such maps. L is read off
Jacobians. At theta = 0 the reference's Jacobian J0 and the submission's J satisfy J0 L = J,
which fixes the rows of L that J0 sees. Roles that J0 can't see or can't tell apart (a reset
gate moves nothing while its matrix is zero) are unresolved; submission weights that map to
resolved roles alone are then set at random, which makes more roles visible, and so on until
all are known. The map is proven on random weights and fresh inputs that had no part in it.

The submission is asked for a few sweeps whatever the number of variants tried: its stages do
not depend on the variant, but for the set of weights known so far, and are memoised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from gradekit.judge.model import Model, Shapes, central_differences, pinv

__all__ = ["Aligner", "Map", "Precision", "Unalignable"]

MAX_STAGES = 20
MAX_SADDLES = 60
MAX_LIFTS = 8
MAX_OFFSET = 6.0  # a constant beyond this saturates a gate: no initialisation does that
LIFT = 0.7  # a pending weight is set to this to see what it would move

Sweep = Callable[[Tensor, Any], tuple[Tensor, Shapes]]


class Unalignable(Exception):
    """The submission can't be swept: it fails, or returns no finite numbers."""


@dataclass(frozen=True)
class Precision:
    """Bounds that follow from the arithmetic.

    step: of central differences; their error is about step^2 / 6 times a third derivative plus
    rounding / step. equal: rounding of one observation. residual: relative error of a Jacobian.
    whole: how near a map's entry must be to a whole number to be taken for one. proof: how far
    outcomes may be apart under an exact map.
    """

    step: float
    equal: float
    residual: float
    whole: float
    proof: float
    seen: float

    @classmethod
    def of(cls, dtype: torch.dtype, order: int = 2) -> Precision:
        """Return the bounds for a layer that computes in `dtype`."""
        if dtype == torch.float64:
            return cls(1e-4 if order == 2 else 2e-3, 1e-9, 1e-5, 1e-4, 1e-9, 1e-7)
        return cls(3e-2, 2e-5, 2e-2, 3e-2, 2e-5, 1e-3)


@dataclass(frozen=True)
class Map:
    """phi = matrix @ theta + offset, and how well it is proven."""

    model: Model
    matrix: Tensor
    offset: Tensor
    error: float  # greatest difference on the proofs
    exact: bool  # all entries are whole numbers

    def __call__(self, theta: Tensor) -> Tensor:
        """Return the reference's weights for the submission's."""
        return self.matrix @ theta + self.offset

    @property
    def constants(self) -> dict[str, float]:
        """What the submission adds to a role whatever its weights, on average."""
        parts = self.model.slices.items()
        means = {name: float(self.offset[part].mean()) for name, part in parts}
        return {name: mean for name, mean in means.items() if abs(mean) > 1e-6}

    @property
    def still(self) -> frozenset[str]:
        """Roles that move the outcomes, and that nothing of the submission moves."""
        live = self.model.live
        return frozenset(
            name
            for name, part in self.model.slices.items()
            if bool(live[part].all()) and float(self.matrix[part].abs().max()) < 1e-4
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The still roles that a right submission can't do without."""
        free, still = self.model.part.weights, self.still
        assert free is not None
        replaced = {
            name
            for name in still
            if free.alternatives.get(name) in self.model.slices
            and free.alternatives[name] not in still
        }
        return tuple(sorted(still - set(free.optional) - replaced))

    @property
    def tied(self) -> int:
        """How many live weights can't be moved on their own, those of still roles aside."""
        free, live = self.model.part.weights, self.model.live.clone()
        assert free is not None
        for name in {*free.optional, *self.still} & set(self.model.slices):
            live[self.model.slices[name]] = False
        rows = self.matrix[live]
        return len(rows) - (int(torch.linalg.matrix_rank(rows, tol=1e-4)) if len(rows) else 0)


@dataclass
class Stage:
    """The submission at one theta: weights, observation (m,), Jacobian (m, n)."""

    theta: Tensor
    observed: Tensor
    jacobian: Tensor


@dataclass
class Aligner:
    """One submission's sweeps, and the search for maps to models."""

    sweep: Sweep
    probe: Any
    proof_cases: list[Any]
    size: int
    precision: Precision
    order: int = 2
    seed: int = 5
    saddles: int = MAX_SADDLES
    _stages: dict[tuple[int, ...], Stage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        generator = torch.Generator().manual_seed(self.seed)
        self.random = 0.6 * torch.randn(self.size, generator=generator, dtype=torch.float64)
        self.shapes = self.sweep(torch.zeros(1, self.size, dtype=torch.float64), self.probe)[1]
        self.proofs: list[tuple[Tensor, Any, Tensor, Shapes]] = []
        for case in self.proof_cases:
            theta = 0.7 * torch.randn(self.size, generator=generator, dtype=torch.float64)
            rows, shapes = self.sweep(theta.unsqueeze(0), case)
            self.proofs.append((theta, case, rows[0], shapes))

    def stage(self, known: Tensor, lifted: int | None = None) -> Stage:
        """Return the submission with the known weights random and the others zero.

        `lifted` is one further weight, set to LIFT.
        """
        key = (*known.nonzero().flatten().tolist(), -1 if lifted is None else -2 - lifted)
        if key not in self._stages:
            theta = torch.where(known, self.random, torch.zeros_like(self.random))
            if lifted is not None:
                theta[lifted] = LIFT
            self._stages[key] = self._observe(theta)
        return self._stages[key]

    def _observe(self, theta: Tensor) -> Stage:
        points = central_differences(theta, self.precision.step, self.order)
        rows, _ = self.sweep(torch.cat([theta.unsqueeze(0), points.vectors]), self.probe)
        if not bool(rows.isfinite().all()):
            raise Unalignable("its outputs are not finite near zero weights")
        return Stage(theta, rows[0], points.combine(rows[1:]))

    def align(
        self, model: Model, *, offsets: bool = False, start: Tensor | None = None
    ) -> Map | None:
        """Return the map to a model if there is one.

        With `offsets`, constants that a submission adds to its biases are fitted where they
        show; `start` (n,) supposes some from the outset.
        """
        if model.shapes != self.shapes:
            return None
        return _Solver(self, model, offsets, start).solve()


class _Solver:
    """The search for one map: stages stacked until every submission weight is known."""

    def __init__(self, aligner: Aligner, model: Model, offsets: bool, start: Tensor | None) -> None:
        self.a, self.model, self.offsets = aligner, model, offsets
        self.p = aligner.precision
        none = torch.zeros(model.size, dtype=torch.float64)
        self.offset = none if start is None else start.clone()
        self.matrix = torch.zeros(model.size, aligner.size, dtype=torch.float64)
        self.models: list[Tensor] = []  # Jacobians of the model at the stages so far
        self.subs: list[Tensor] = []  # those of the submission
        self.pins: dict[int, tuple[int, float]] = {}  # weights found by lifting: role, sign
        self.saddles_left = aligner.saddles

    def solve(self) -> Map | None:
        a = self.a
        known = torch.zeros(a.size, dtype=torch.bool)
        if not self._add(a.stage(known), self.matrix):
            return None
        lifts = 0
        for _ in range(MAX_STAGES):
            unresolved = self._unresolved()
            now_known = self._known(unresolved)
            if not torch.equal(now_known, known):
                known = now_known
                resolved = self._rounded() * (~unresolved)[:, None]
                if not self._add(a.stage(known), resolved):
                    return None
                continue
            if bool(known.all()) or lifts > MAX_LIFTS:
                break
            if not self._lift(known, unresolved):
                break
            lifts += 1
        return self._proven()

    def _add(self, stage: Stage, matrix: Tensor) -> bool:
        """Stack a stage if the model agrees there, and solve for the map again."""
        phi = matrix @ stage.theta + self.offset
        expected = self._at(phi)
        if not self._equal(expected, stage.observed):
            if not self.offsets or not self._find_offset(matrix, stage):
                return False
            phi = matrix @ stage.theta + self.offset
        self.models.append(self._jacobian(phi))
        self.subs.append(stage.jacobian)
        return self._solve()

    def _at(self, phi: Tensor) -> Tensor:
        if not bool(phi.any()):
            return self.model.at_zero
        return self.model.observe(phi, self.a.probe)

    def _jacobian(self, phi: Tensor) -> Tensor:
        return self.model.jacobian(phi, self.a.probe, self.p.step, self.a.order)

    def _equal(self, one: Tensor, other: Tensor) -> bool:
        allowed = self.p.equal if not self.models else max(self.p.equal, 1e-6)
        return bool((one - other).abs().max() <= allowed)

    def _solve(self) -> bool:
        """Solve stacked model Jacobians @ L = stacked submission Jacobians."""
        left, right = torch.cat(self.models), torch.cat(self.subs)
        matrix = pinv(left) @ right
        if not (left @ matrix - right).norm() <= self.p.residual * (right.norm() + 1e-12):
            return False
        for column, (role, sign) in self.pins.items():
            if right[:, column].norm() < 1e-7 * (1 + self.subs[0].norm()):
                matrix[:, column] = 0
                matrix[role, column] = sign
        self.matrix = matrix
        return True

    def _unresolved(self) -> Tensor:
        """Which roles the model's Jacobians so far do not fix (n,) bool."""
        left = torch.cat(self.models)
        null = torch.eye(self.model.size, dtype=torch.float64) - pinv(left) @ left
        unresolved = null.diagonal() > 1e-6
        right = torch.cat(self.subs)
        for column, (role, _) in self.pins.items():
            if right[:, column].norm() < 1e-7 * (1 + self.subs[0].norm()):
                unresolved[role] = False
        return unresolved

    def _known(self, unresolved: Tensor) -> Tensor:
        """Which submission weights are seen, and map to resolved roles alone."""
        seen = torch.cat(self.subs).norm(dim=0) > self.p.seen * (1 + self.subs[0].norm())
        for column in self.pins:
            seen[column] = True
        doubtful = (self.matrix.abs() > max(self.p.whole, 1e-4)) & unresolved[:, None]
        known: Tensor = seen & ~doubtful.any(0)
        return known

    def _rounded(self) -> Tensor:
        near = self.matrix.round()
        rounded: Tensor = torch.where((self.matrix - near).abs() < self.p.whole, near, self.matrix)
        return rounded

    def _lift(self, known: Tensor, unresolved: Tensor) -> bool:
        """Two unresolved roles may hide each other: set one weight, try every role for it."""
        self.saddles_left -= 1
        roles = [i for i in unresolved.nonzero().flatten().tolist() if bool(self.model.live[i])]
        if self.saddles_left < 0 or not roles:
            return False
        base = (self._rounded() * (~unresolved)[:, None]) @ torch.where(
            known, self.a.random, torch.zeros_like(self.a.random)
        ) + self.offset
        tries = 0
        for column in (~known).nonzero().flatten().tolist():
            stage = self.a.stage(known, lifted=column)
            if not bool((stage.jacobian.norm(dim=0)[~known] > 1e-6).any()):
                continue
            tries += 1
            if tries > 3:
                return False
            if self._place(column, stage, base, roles):
                return True
        return False

    def _place(self, column: int, stage: Stage, base: Tensor, roles: list[int]) -> bool:
        """Find the role and sign that reproduce a lifted weight's stage, and pin it there."""
        steps = torch.zeros(2 * len(roles), self.model.size, dtype=torch.float64)
        for k, role in enumerate(roles):
            steps[2 * k, role], steps[2 * k + 1, role] = LIFT, -LIFT
        rows = self.model.observe_many(base + steps, self.a.probe)
        fits = (rows - stage.observed).abs().amax(1) < max(self.p.equal, 1e-6)
        best: tuple[float, Tensor, int] | None = None
        for k in fits.nonzero().flatten().tolist():
            jacobian = self._jacobian(base + steps[k])
            error = (jacobian @ (pinv(jacobian) @ stage.jacobian) - stage.jacobian).norm()
            relative = float(error / stage.jacobian.norm())
            if best is None or relative < best[0] - 1e-7:
                best = relative, jacobian, k
        if best is None or best[0] > self.p.residual:
            return False
        self.models.append(best[1])
        self.subs.append(stage.jacobian)
        self.pins[column] = roles[best[2] // 2], 1.0 if best[2] % 2 == 0 else -1.0
        return self._solve()

    def _find_offset(self, matrix: Tensor, stage: Stage) -> bool:
        """Fit a constant to the one-dimensional roles by Levenberg-Marquardt."""
        where = [s for name, s in self.model.slices.items() if len(self.model.roles[name]) == 1]
        if not where:
            return False
        places = torch.cat([torch.arange(s.start, s.stop) for s in where])
        base = matrix @ stage.theta + self.offset
        change, damping = torch.zeros(len(places), dtype=torch.float64), 1e-3

        def shifted(values: Tensor) -> Tensor:
            phi = base.clone()
            phi[places] += values
            return phi

        residual = self._at(shifted(change)) - stage.observed
        for _ in range(40):
            slope = self._jacobian(shifted(change))[:, places]
            normal = slope.T @ slope + damping * torch.eye(len(places), dtype=torch.float64)
            trial = change - pinv(normal) @ (slope.T @ residual)
            new = self._at(shifted(trial)) - stage.observed
            if new.norm() < residual.norm():
                stalled = bool(new.norm() > 0.99 * residual.norm() > 1e-3)
                change, residual, damping = trial, new, damping / 5
                if stalled:
                    return False  # it settles away from zero: no constant explains this
            else:
                damping *= 5
            if float(residual.abs().max()) < 1e-11:
                break
        if not residual.abs().max() <= 1e-8 or float(change.abs().max()) > MAX_OFFSET:
            return False
        near = change.round()
        self.offset[places] += torch.where((change - near).abs() < 1e-5, near, change)
        return True

    def _proven(self) -> Map | None:
        """Return the map if it holds on random weights and fresh cases."""
        matrix = self._rounded()
        exact = bool(torch.equal(matrix, matrix.round()))
        allowed = self.p.proof if exact or self.a.order == 4 else max(self.p.proof, 1e-6)
        worst = 0.0
        for theta, case, observed, _ in self.a.proofs:
            expected = self.model.observe(matrix @ theta + self.offset, case)
            if expected.shape != observed.shape:
                return None
            worst = max(worst, float((expected - observed).abs().max()))
            if not worst <= allowed:
                return None
        return Map(self.model, matrix, self.offset, worst, exact)
