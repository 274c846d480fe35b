"""What students do wrong in gru_lyrics: the reference with one step done otherwise.

Several forms of one mistake stand side by side: a student who forgets a matrix forgets it in
one gate, in two, or in all.
"""

from __future__ import annotations

import itertools
from typing import Any

import torch
from torch import Tensor

from gradekit_reference.gru_lyrics import GRU

__all__ = [
    "CandidateNotTanh",
    "CatForStack",
    "HiddenNotWeighted",
    "LaggingOutput",
    "ResetAfter",
    "StateDetached",
    "StateNotUpdated",
]


# Legitimate conventions


class ResetAfter(GRU):
    """The reset gate multiplies H W_hh + b_hh, as cuDNN does."""

    @classmethod
    def roles(cls, case: Any) -> dict[str, tuple[int, ...]]:
        return {**super().roles(case), "b_hh": (case.hiddens,)}

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        return self.from_input("h", x) + reset * (self.from_state("h", hidden) + self.w["b_hh"])


# The layer


class StateNotUpdated(GRU):
    """Every step starts from the first state: the new state is computed but not carried on."""

    def carry(self, new: Tensor, old: Tensor) -> Tensor:
        return old


class StateNotUpdatedNorReturned(GRU):
    """Every step starts from the first state, and that state is returned."""

    def carry(self, new: Tensor, old: Tensor) -> Tensor:
        return old

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return first


class StateNotUpdatedOldCollected(GRU):
    """Every step starts from the first state, which is what is collected."""

    def carry(self, new: Tensor, old: Tensor) -> Tensor:
        return old

    def collect(self, new: Tensor, old: Tensor) -> Tensor:
        return old


class StateNotUpdatedAtAll(GRU):
    """The first state is collected at each step, and returned."""

    def carry(self, new: Tensor, old: Tensor) -> Tensor:
        return old

    def collect(self, new: Tensor, old: Tensor) -> Tensor:
        return old

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return first


class LaggingOutput(GRU):
    """The state before each step is collected instead of the one after it."""

    def collect(self, new: Tensor, old: Tensor) -> Tensor:
        return old


class LaggingOutputAndState(GRU):
    """The state before each step is collected, and the last one collected is returned."""

    def collect(self, new: Tensor, old: Tensor) -> Tensor:
        return old

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return outputs[-1]


def _unweighted(gates: str, sign: float) -> type[GRU]:
    """Return the form in which these gates add H itself instead of H W_h.

    A student whose z = 1 takes the candidate adds +H to what is -Z's input here: sign -1.
    """

    class HiddenNotWeighted(GRU):
        """The state enters a gate as it is, sigma(X W_x + H + b), without its weight matrix."""

        def from_state(self, gate: str, hidden: Tensor) -> Tensor:
            if gate not in gates:
                return super().from_state(gate, hidden)
            return sign * hidden if gate == "z" else hidden

    return HiddenNotWeighted


GATE_SETS = ("zr", "z", "r", "zrh", "zh", "rh", "h")
HiddenNotWeighted = tuple(
    _unweighted(gates, sign)
    for gates in GATE_SETS
    for sign in ((1.0, -1.0) if "z" in gates else (1.0,))
)


def _shared(gates: str, leader: str, sign: float, what: str) -> type[GRU]:
    """Return the form in which `gates` use the leader's weights.

    `what` says which: the input's, the state's, or both. z = 1 taking the candidate turns the
    sign of what a student's other gate shares with it.
    """

    class SharedGateWeights(GRU):
        """Gates share weights: what moves one moves the other."""

        def from_input(self, gate: str, x: Tensor) -> Tensor:
            if gate not in gates or "x" not in what:
                return super().from_input(gate, x)
            value = super().from_input(leader, x)
            return sign * value if gate == "z" else value

        def from_state(self, gate: str, hidden: Tensor) -> Tensor:
            if gate not in gates or "h" not in what:
                return super().from_state(gate, hidden)
            value = super().from_state(leader, hidden)
            return sign * value if gate == "z" else value

    return SharedGateWeights


SharedGateWeights = tuple(
    _shared(gates, gates[-1], sign, what)
    for gates in ("zr", "zrh", "zh", "rh")
    for what in ("xh", "x", "h")
    for sign in ((1.0, -1.0) if "z" in gates else (1.0,))
)


class ResetUnused(GRU):
    """The reset gate is left out: the candidate reads the whole old state."""

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        return self.from_input("h", x) + self.from_state("h", hidden)


class ResetOnInput(GRU):
    """The reset gate multiplies the input's part of the candidate instead of the state's."""

    @classmethod
    def roles(cls, case: Any) -> dict[str, tuple[int, ...]]:
        return {**super().roles(case), "b_hh": (case.hiddens,)}

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        inside = reset * self.from_input("h", x)
        return inside + self.from_state("h", hidden) + self.w["b_hh"]


class ResetOnBoth(GRU):
    """The reset gate multiplies the input's part of the candidate as well."""

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        return reset * self.from_input("h", x) + self.from_state("h", reset * hidden)


class ResetOnRawInput(GRU):
    """The reset gate multiplies X before its matrix (where the sizes allow it)."""

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        bias = self.w["b_h"]
        return reset * (self.from_input("h", x) - bias) + self.from_state("h", hidden) + bias


class UpdateIgnoresOld(GRU):
    """The old state is left out of the blend: H' = (1 - Z) * candidate."""

    def blend(self, update: Tensor, hidden: Tensor, candidate: Tensor) -> Tensor:
        return (1 - update) * candidate


class CandidateNotTanh(GRU):
    """The candidate is squashed by a sigmoid instead of tanh."""

    def squash(self, value: Tensor) -> Tensor:
        return torch.sigmoid(value)


class CandidateLinear(GRU):
    """The candidate is not squashed at all."""

    def squash(self, value: Tensor) -> Tensor:
        return value


class CandidateRelu(GRU):
    """The candidate is squashed by a ReLU instead of tanh."""

    def squash(self, value: Tensor) -> Tensor:
        return torch.relu(value)


class CandidateTanhOfRelu(GRU):
    """The candidate is cut at zero before tanh, so it is never negative."""

    def squash(self, value: Tensor) -> Tensor:
        return torch.tanh(torch.relu(value))


class CandidateHardtanh(GRU):
    """The candidate is clipped to [-1, 1] instead of squashed by tanh."""

    def squash(self, value: Tensor) -> Tensor:
        return value.clamp(-1, 1)


class StateIgnored(GRU):
    """The given state is ignored: each call starts from zeros."""

    def start(self, state: Tensor) -> Tensor:
        return torch.zeros_like(state[0])


def _random_start(normal: bool, scale: float) -> type[GRU]:
    """Return the form that draws its first state; the drive seeds torch before each call."""

    class RandomInitialState(GRU):
        """The given state is replaced by random numbers at each call."""

        def start(self, state: Tensor) -> Tensor:
            draw = torch.randn if normal else torch.rand
            return scale * draw(state.shape, dtype=state.dtype)[0]

    return RandomInitialState


RandomInitialState = tuple(
    _random_start(normal, scale) for normal in (True, False) for scale in (1.0, 0.1, 0.01)
)


class StateNotReturned(GRU):
    """The state given at the start is returned, not the one reached at the end."""

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return first


class GivenStateReturned(GRU):
    """The state that was passed in is returned, whatever the layer started from."""

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return given


class FirstOutputReturned(GRU):
    """The state after the first step is returned, not the one reached at the end."""

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        return outputs[0]


class TimeMajorOutput(GRU):
    """The outputs come back as (S, B, H) instead of (B, S, H)."""

    def arrange(self, outputs: list[Tensor]) -> Tensor:
        return torch.stack(outputs, 0)


class CatForStack(GRU):
    """The steps are joined end to end and cut again, which mixes the rows of the batch."""

    def arrange(self, outputs: list[Tensor]) -> Tensor:
        rows, hiddens = outputs[0].shape
        return torch.cat(outputs, 0).reshape(rows, len(outputs), hiddens)


class CatForStackFlat(GRU):
    """The steps are joined end to end: (S*B, H), without an axis for the steps."""

    def arrange(self, outputs: list[Tensor]) -> Tensor:
        return torch.cat(outputs, 0)


class CatForStackWide(GRU):
    """The steps are joined side by side: (B, S*H), without an axis for the steps."""

    def arrange(self, outputs: list[Tensor]) -> Tensor:
        return torch.cat(outputs, 1)


def _detached(where: tuple[str, ...]) -> type[GRU]:
    """Return the form that cuts the graph at these steps."""

    class StateDetached(GRU):
        """The state is cut from the graph: numbers are right, gradients are not."""

        def start(self, state: Tensor) -> Tensor:
            first = super().start(state)
            return first.detach() if "start" in where else first

        def carry(self, new: Tensor, old: Tensor) -> Tensor:
            carried = super().carry(new, old)
            return carried.detach() if "carry" in where else carried

        def collect(self, new: Tensor, old: Tensor) -> Tensor:
            collected = super().collect(new, old)
            return collected.detach() if "collect" in where else collected

        def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
            ended = super().last(new, first, given, outputs)
            return ended.detach() if "last" in where else ended

    return StateDetached


CUTS = ("carry", "start", "last", "collect")
StateDetached = tuple(
    _detached(where) for k in range(1, 5) for where in itertools.combinations(CUTS, k)
)
