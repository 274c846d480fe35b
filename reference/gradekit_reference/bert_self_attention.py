"""Right answers for bert_self_attention: multi-head self-attention with an additive mask.

Axes: B batch, S positions, D model width, N heads, d = D / N.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["BertModule"]


class BertModule:
    """Stands in for a submission's module; its steps are what mistakes override."""

    def BertSelfAttention(self, config: Any) -> nn.Module:  # noqa: N802  # the name that the lab fixes
        """Return the layer.

        Raises: ValueError when the heads don't divide the width.
        """
        self.check(config)
        return _Layer(self, config)

    def check(self, config: Any) -> None:
        """Refuse heads that don't divide the width."""
        if config.hidden_size % config.num_attention_heads:
            raise ValueError("the number of heads must divide hidden_size")

    def query(self, layer: Any, x: Tensor) -> Tensor:
        """Return the queries. Shapes: (B, S, D) -> (B, S, D)."""
        projected: Tensor = layer.query(x)
        return projected

    def key(self, layer: Any, x: Tensor) -> Tensor:
        """Return the keys. Shapes: (B, S, D) -> (B, S, D)."""
        projected: Tensor = layer.key(x)
        return projected

    def value(self, layer: Any, x: Tensor) -> Tensor:
        """Return the values. Shapes: (B, S, D) -> (B, S, D)."""
        projected: Tensor = layer.value(x)
        return projected

    def split(self, x: Tensor, heads: int) -> Tensor:
        """Give each head its share of the width. Shapes: (B, S, D) -> (B, N, S, d)."""
        b, s, width = x.shape
        return x.reshape(b, s, heads, width // heads).permute(0, 2, 1, 3)

    def scale(self, width: int, heads: int) -> float:
        """Return what scores are divided by: the root of a head's width."""
        return math.sqrt(width // heads)

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Add the mask to each key's scores. Shapes: (B, N, S, S), (B, S) -> (B, N, S, S)."""
        return scores + mask[:, None, None, :]

    def probabilities(self, scores: Tensor) -> Tensor:
        """Return the softmax over keys. Shapes: (B, N, S, S) -> (B, N, S, S)."""
        return torch.softmax(scores, -1)

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        """Return the probabilities that weigh the values."""
        return probabilities

    def merge(self, context: Tensor) -> Tensor:
        """Put the heads side by side. Shapes: (B, N, S, d) -> (B, S, D)."""
        b, heads, s, width = context.shape
        return context.permute(0, 2, 1, 3).reshape(b, s, heads * width)

    def attend(self, layer: Any, x: Tensor, mask: Tensor) -> Tensor:
        """Return the context. Shapes: (B, S, D), (B, S) -> (B, S, D)."""
        heads = layer.heads
        q, k, v = (self.split(f(layer, x), heads) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / self.scale(x.shape[-1], heads)
        chosen = self.probabilities(self.masked(scores, mask))
        dropped = layer.dropout(self.weighed(chosen, mask))
        return self.merge(dropped @ v)


class _Layer(nn.Module):
    def __init__(self, steps: BertModule, config: Any) -> None:
        super().__init__()
        self.steps, self.heads = steps, config.num_attention_heads
        width = config.hidden_size
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states: Tensor, attention_mask: Tensor) -> Tensor:
        return self.steps.attend(self, hidden_states, attention_mask)
