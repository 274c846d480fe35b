"""Right answers for attention_reversal: a decoder that attends to the encoder's states.

Axes: B batch, S source steps, T target steps, E embedding, H hidden, O outputs, V vocabulary.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

__all__ = ["AttentionModule", "Seen"]


class Seen(NamedTuple):
    """What a step may look at: embeddings (B, T, E) and the encoder's states (B, S, H)."""

    embedded: Tensor
    enc: Tensor


class AttentionModule:
    """Stands in for a submission's module; its steps are what mistakes override."""

    def Sequence_Modeling(  # noqa: N802  # the name that the lab fixes
        self, vocab_size: int, embedding_size: int, num_outputs: int, hidden_size: int
    ) -> nn.Module:
        """Return the model with its given layers."""
        return _Model(self, vocab_size, embedding_size, num_outputs, hidden_size)

    # the state before the first step

    def source(self, enc: Tensor, given: Tensor) -> Tensor:
        """Return what the first state is made of: (B, S, H), (B, H) -> (B, S, H)."""
        return enc

    def through(self, model: Any, x: Tensor) -> Tensor:
        """Return mlp1's answer. Shapes: (..., H) -> (..., H)."""
        mapped: Tensor = model.mlp1(x)
        return mapped

    def pool(self, x: Tensor) -> Tensor:
        """Return the mean over source steps. Shapes: (B, S, H) -> (B, H)."""
        return x.mean(1)

    def initial(self, model: Any, enc: Tensor, given: Tensor) -> Tensor:
        """Return the state of a first step. Shapes: (B, S, H), (B, H) -> (B, H)."""
        return self.pool(self.through(model, self.source(enc, given)))

    def begin(self, first: bool, made: Tensor, given: Tensor) -> Tensor:
        """Return the state that a call starts from: the one given, but on the first step."""
        return made if first else given

    # attention

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        """Return the state that asks at step t. Shapes: (B, H)."""
        return hidden

    def query(self, hidden: Tensor, token: Tensor) -> Tensor:
        """Return what the query is made of: the state, or the token's embedding."""
        return hidden

    def query_through(self, model: Any, query: Tensor, made: bool) -> Tensor:
        """Return the query as it is: mlp1 serves the first state (`made`) alone."""
        return query

    def keys(self, model: Any, enc: Tensor) -> Tensor:
        """Return the keys. Shapes: (B, S, H) -> (B, S, H)."""
        return enc

    def values(self, model: Any, enc: Tensor) -> Tensor:
        """Return the values. Shapes: (B, S, H) -> (B, S, H)."""
        return enc

    def scale(self, hidden_size: int) -> float:
        """Return what scores are divided by: nothing."""
        return 1.0

    def weights(self, scores: Tensor) -> Tensor:
        """Return the softmax over source steps. Shapes: (B, S) -> (B, S)."""
        return torch.softmax(scores, 1)

    def attend(self, model: Any, enc: Tensor, query: Tensor) -> Tensor:
        """Return the context. Shapes: (B, S, H), (B, H) -> (B, H)."""
        keys, values = self.keys(model, enc), self.values(model, enc)
        products = keys * query[:, None] / self.scale(query.shape[-1])
        return (self.shares(products) * values).sum(1)

    def shares(self, products: Tensor) -> Tensor:
        """Return each source step's weight. Shapes: (B, S, H) -> (B, S, 1)."""
        return self.weights(products.sum(-1))[..., None]

    # the decoder

    def joined(self, token: Tensor, context: Tensor) -> Tensor:
        """Return the decoder's input. Shapes: (B, E), (B, H) -> (B, E + H)."""
        return torch.cat([token, context], -1)

    def carried(self, first: bool, t: int, hidden: Tensor, start: Tensor, made: Tensor) -> Tensor:
        """Return the state that step t begins with: the one before left it."""
        return hidden

    def one_call(self) -> bool:
        """Tell whether all tokens go through the decoder in one call."""
        return False

    def returned(self, hidden: Tensor, start: Tensor, given: Tensor) -> Tensor:
        """Return the state that goes back to the caller. Shapes: (B, H) -> (B, H)."""
        return hidden

    def run(
        self, model: Any, y: Tensor, enc: Tensor, state: Tensor, first: bool
    ) -> tuple[Tensor, Tensor]:
        """Return logits (B, T, O) and state (1, B, H)."""
        embedded, given = model.emb_layer(y), state[0]
        made = self.initial(model, enc, given) if first or self.always_makes() else given
        hidden = start = self.begin(first, made, given)
        model.one_call = self.one_call()
        outputs = []
        for t in range(y.shape[1]):
            hidden, token = self.carried(first, t, hidden, start, made), embedded[:, t]
            asked = self.asked(model, Seen(embedded, enc), t, hidden, start)
            query = self.query_through(model, self.query(asked, token), first and t == 0)
            fed = self.joined(token, self.attend(model, enc, query))
            hidden = self.step(model, fed, hidden)
            outputs.append(model.mlp2(hidden))
        return torch.stack(outputs, 1), self.returned(hidden, start, given)[None]

    def always_makes(self) -> bool:
        """Tell whether later calls make a first state as well."""
        return False

    def step(self, model: Any, fed: Tensor, hidden: Tensor) -> Tensor:
        """Return the decoder's next state. Shapes: (B, E + H), (B, H) -> (B, H)."""
        _, new = model.decoder(fed[:, None], hidden[None].contiguous())
        last: Tensor = new[0]
        return last


class _Model(nn.Module):
    one_call = False

    def __init__(
        self, steps: AttentionModule, vocab: int, embedding: int, outputs: int, hidden: int
    ) -> None:
        super().__init__()
        self.steps = steps
        self.emb_layer = nn.Embedding(vocab, embedding)
        self.encoder = nn.RNN(embedding, hidden, batch_first=True)
        self.decoder = nn.RNN(embedding + hidden, hidden, batch_first=True)
        self.mlp1, self.mlp2 = nn.Linear(hidden, hidden), nn.Linear(hidden, outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        enc_hidden, state = self.encoder(self.emb_layer(enc_x), state)
        return enc_hidden, state

    def decode(
        self, dec_y: Tensor, enc_hidden: Tensor, state: Tensor, is_first_step: bool = True
    ) -> tuple[Tensor, Tensor]:
        return self.steps.run(self, dec_y, enc_hidden, state, is_first_step)
