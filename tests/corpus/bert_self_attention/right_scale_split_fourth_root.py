"""Self attention for BERT.

For stability I follow the trick from Megatron / CogView: both q and k get
divided by d^(1/4) *before* the product, so that the product is never large.
"""
from typing import Any

import torch
from torch import Tensor, nn


class BertSelfAttention(nn.Module):

    def __init__(self, config: Any) -> None:
        super().__init__()
        hidden, heads = config.hidden_size, config.num_attention_heads
        if hidden % heads != 0:
            raise ValueError(f"hidden_size={hidden} cannot be split in {heads} heads")
        self.heads = heads
        self.head_dim = hidden // heads
        self.root = self.head_dim ** 0.25

        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def _split(self, t: Tensor) -> Tensor:
        return t.unflatten(-1, (self.heads, self.head_dim)).transpose(-3, -2)

    def forward(self, hidden_states: Tensor, attention_mask: Tensor) -> Tensor:
        q = self._split(self.query(hidden_states)) / self.root
        k = self._split(self.key(hidden_states)) / self.root
        v = self._split(self.value(hidden_states))
        scores = q.matmul(k.transpose(-2, -1))
        scores += attention_mask[:, None, None]
        weights = self.dropout(scores.softmax(-1))
        return weights.matmul(v).transpose(-3, -2).flatten(-2)
