"""Right answers for gru_lyrics: a GRU layer and the sequence model around it.

Axes: B batch, S steps, I inputs, H hidden, E embedding, V vocabulary, O outputs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["GRU", "Model", "as_module"]


class GRU:
    """A gated recurrent unit whose weights are given by role.

    Source: Cho et al. 2014, eq. 5-8, with z = 1 keeping the old state.
    """

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        self.w = weights

    @classmethod
    def roles(cls, case: Any) -> dict[str, tuple[int, ...]]:
        """Return the weights' shapes: W_x* (I, H), W_h* (H, H), b_* (H,)."""
        i, h = case.inputs, case.hiddens
        shapes: dict[str, tuple[int, ...]] = {}
        for gate in "zrh":
            shapes |= {f"W_x{gate}": (i, h), f"W_h{gate}": (h, h), f"b_{gate}": (h,)}
        return shapes

    def __call__(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Run the whole sequence.

        Shapes: inputs (B, S, I), state (1, B, H) -> outputs (B, S, H), state (1, B, H)
        """
        hidden = first = new = self.start(state)
        outputs = []
        for x in inputs.unbind(1):
            reset, update = self.gate("r", x, hidden), self.gate("z", x, hidden)
            candidate = self.squash(self.candidate_input(x, hidden, reset))
            new = self.blend(update, hidden, candidate)
            outputs.append(self.collect(new, hidden))
            hidden = self.carry(new, hidden)
        ended = self.last(new, first, state[0], outputs)
        return self.arrange(outputs), ended.unsqueeze(0)

    def start(self, state: Tensor) -> Tensor:
        """Return the state before the first step. Shapes: (1, B, H) -> (B, H)."""
        return state[0]

    def from_input(self, gate: str, x: Tensor) -> Tensor:
        """Return X W_x + b. Shapes: (B, I) -> (B, H)."""
        return x @ self.w[f"W_x{gate}"] + self.w[f"b_{gate}"]

    def from_state(self, gate: str, hidden: Tensor) -> Tensor:
        """Return H W_h. Shapes: (B, H) -> (B, H)."""
        return hidden @ self.w[f"W_h{gate}"]

    def gate(self, gate: str, x: Tensor, hidden: Tensor) -> Tensor:
        """Return the gate's value in (0, 1). Shapes: (B, I), (B, H) -> (B, H)."""
        return torch.sigmoid(self.from_input(gate, x) + self.from_state(gate, hidden))

    def candidate_input(self, x: Tensor, hidden: Tensor, reset: Tensor) -> Tensor:
        """Return X W_xh + (R * H) W_hh + b_h."""
        return self.from_input("h", x) + self.from_state("h", reset * hidden)

    def squash(self, value: Tensor) -> Tensor:
        """Return the candidate in (-1, 1)."""
        return torch.tanh(value)

    def blend(self, update: Tensor, hidden: Tensor, candidate: Tensor) -> Tensor:
        """Return Z * H + (1 - Z) * candidate."""
        return update * hidden + (1 - update) * candidate

    def collect(self, new: Tensor, old: Tensor) -> Tensor:
        """Return which state becomes this step's output."""
        return new

    def carry(self, new: Tensor, old: Tensor) -> Tensor:
        """Return which state goes on to the next step."""
        return new

    def last(self, new: Tensor, first: Tensor, given: Tensor, outputs: list[Tensor]) -> Tensor:
        """Return which state is given back at the end: `first` began, `given` was passed in."""
        return new

    def arrange(self, outputs: list[Tensor]) -> Tensor:
        """Return the outputs of all steps, batch first: (B, S, H)."""
        return torch.stack(outputs, 1)


def as_module(kind: type[GRU]) -> Any:
    """Return a module whose GRU is a variant of the layer, all weights in one shuffled vector."""

    class Layer(nn.Module):
        def __init__(self, inputs: int, hiddens: int) -> None:
            super().__init__()
            self.roles = kind.roles(SimpleNamespace(inputs=inputs, hiddens=hiddens))
            size = sum(math.prod(shape) for shape in self.roles.values())
            self.order = torch.randperm(size, generator=torch.Generator().manual_seed(1))
            self.flat = nn.Parameter(torch.zeros(size))

        def forward(self, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
            sizes = [math.prod(shape) for shape in self.roles.values()]
            parts = torch.split(self.flat[self.order], sizes)
            shaped = zip(self.roles.items(), parts, strict=True)
            return kind({name: part.reshape(s) for (name, s), part in shaped})(inputs, state)

    return SimpleNamespace(GRU=Layer)


class Model:
    """Stands in for a submission's module where the sequence model is asked for."""

    def Sequence_Modeling(  # noqa: N802  # the name that the lab fixes
        self, vocab_size: int, embedding_size: int, num_outputs: int, hidden_size: int
    ) -> nn.Module:
        """Return embedding, GRU layer and linear map, run in this order."""
        return _Sequence(self, vocab_size, embedding_size, num_outputs, hidden_size)

    def embed(self, model: Any, sent: Tensor) -> Tensor:
        """Return the embeddings. Shapes: (B, S) -> (B, S, E)."""
        embedded: Tensor = model.emb_layer(sent)
        return embedded

    def given_state(self, state: Tensor) -> Tensor:
        """Return the state that the layer starts from. Shapes: (1, B, H)."""
        return state

    def logits(self, model: Any, outputs: Tensor) -> Tensor:
        """Return one row of logits per step. Shapes: (B, S, H) -> (B, S, O)."""
        return self.arrange(model.linear(self.chosen(outputs)))

    def chosen(self, outputs: Tensor) -> Tensor:
        """Return the steps that get logits."""
        return outputs

    def arrange(self, logits: Tensor) -> Tensor:
        """Return the logits batch first: (B, S, O)."""
        return logits

    def returned_state(self, new: Tensor, given: Tensor) -> Tensor:
        """Return the state that goes back to the caller."""
        return new


class _Sequence(nn.Module):
    def __init__(self, steps: Model, vocab: int, embedding: int, outputs: int, hidden: int) -> None:
        super().__init__()
        self.steps = steps
        self.emb_layer = nn.Embedding(vocab, embedding)
        self.gru_layer = nn.GRU(embedding, hidden, batch_first=True)
        self.linear = nn.Linear(hidden, outputs)

    def forward(self, sent: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        steps = self.steps
        outputs, new = self.gru_layer(steps.embed(self, sent), steps.given_state(state))
        return steps.logits(self, outputs), steps.returned_state(new, state)
