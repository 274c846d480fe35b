import math
from typing import Optional, Tuple

import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    """
    Multi-head self-attention layer as used in BERT.

    Parameters
    ----------
    config : object
        Has to provide ``hidden_size``, ``num_attention_heads`` and
        ``attention_probs_dropout_prob``.

    Shapes
    ------
    hidden_states  : (batch_size, seq_len, hidden_size)
    attention_mask : (batch_size, seq_len), 0 for real tokens and -10000 for padding
    returns        : (batch_size, seq_len, hidden_size)
    """

    def __init__(self, config):
        super().__init__()

        # every head gets the same number of channels
        assert config.hidden_size % config.num_attention_heads == 0, (
            f"hidden_size ({config.hidden_size}) has to be divisible by "
            f"num_attention_heads ({config.num_attention_heads})."
        )

        self.hidden_size: int = config.hidden_size
        self.num_attention_heads: int = config.num_attention_heads
        self.attention_head_size: int = self.hidden_size // self.num_attention_heads

        # projections
        self.query = nn.Linear(self.hidden_size, self.hidden_size)
        self.key = nn.Linear(self.hidden_size, self.hidden_size)
        self.value = nn.Linear(self.hidden_size, self.hidden_size)

        # dropout for the attention probabilities
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def _project_and_split(self, layer: nn.Linear, hidden_states: torch.Tensor) -> torch.Tensor:
        """(B, S, D) --layer--> (B, S, D) --view--> (B, S, H, d) --transpose--> (B, H, S, d)"""
        batch_size: int = hidden_states.size(0)
        seq_len: int = hidden_states.size(1)
        projected = layer(hidden_states)
        projected = projected.view(
            batch_size,
            seq_len,
            self.num_attention_heads,
            self.attention_head_size,
        )
        return projected.transpose(1, 2)

    def _attention_probs(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        attention_mask: Optional[torch.Tensor],
    ) -> torch.Tensor:
        """Scaled dot product followed by masking and softmax. Returns (B, H, S, S)."""
        key_transposed = key.transpose(-1, -2)
        scores = torch.matmul(query, key_transposed)
        scores = scores / math.sqrt(self.attention_head_size)

        if attention_mask is not None:
            # broadcast over the heads (dim 1) and over the queries (dim 2)
            extended_mask = attention_mask.unsqueeze(1).unsqueeze(1)
            scores = scores + extended_mask

        return torch.softmax(scores, dim=-1)

    def forward(self, hidden_states: torch.Tensor, attention_mask: Optional[torch.Tensor] = None) -> torch.Tensor:
        batch_size, seq_len, hidden_size = hidden_states.shape

        query = self._project_and_split(self.query, hidden_states)
        key = self._project_and_split(self.key, hidden_states)
        value = self._project_and_split(self.value, hidden_states)

        probs = self._attention_probs(query, key, attention_mask)
        probs = self.dropout(probs)

        context = torch.matmul(probs, value)
        context = context.transpose(1, 2)
        context = context.contiguous()
        context = context.view(batch_size, seq_len, hidden_size)

        return context


if __name__ == "__main__":
    # small smoke test
    class Cfg:
        hidden_size = 12
        num_attention_heads = 3
        attention_probs_dropout_prob = 0.1

    layer = BertSelfAttention(Cfg())
    x = torch.randn(2, 5, 12)
    m = torch.zeros(2, 5)
    m[0, 3:] = -10000.0
    print(layer(x, m).shape)
