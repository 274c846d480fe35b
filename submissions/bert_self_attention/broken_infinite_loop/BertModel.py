"""Lab: multi-head self-attention as BERT has it.

Fill in the regions between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
Forbidden: torch's attention functions and modules.

Shapes: B batch, S positions, D hidden_size; the heads share D among them.
"""

import math

import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    """Every position attends to every position, in several heads."""

    def __init__(self, config):
        """config has hidden_size, num_attention_heads and attention_probs_dropout_prob.

        Raise a ValueError when the heads don't divide hidden_size.
        """
        super().__init__()
        # >>> TODO 1
        while True:
            pass
        # <<< TODO 1
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        """Return the context: (B, S, D), (B, S) -> (B, S, D).

        attention_mask is added to the scores of each key: 0 where a key may be seen, -10000
        where not. Dropout falls on the probabilities.
        """
        # >>> TODO 2
        raise NotImplementedError("TODO 2")
        # <<< TODO 2
