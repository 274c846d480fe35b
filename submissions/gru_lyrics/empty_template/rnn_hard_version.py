"""Lab: predict the next character of a song with a GRU of your own.

Fill in the regions between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
Forbidden: torch.nn.GRU, GRUCell, RNN, LSTM and their functional forms.

Shapes: B rows in the batch, S steps, I inputs, H hidden units, O outputs.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRU(nn.Module):
    """A gated recurrent unit.

    Z = sigmoid(X W_xz + H W_hz + b_z)
    R = sigmoid(X W_xr + H W_hr + b_r)
    H~ = tanh(X W_xh + (R * H) W_hh + b_h)
    H' = Z * H + (1 - Z) * H~
    """

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        # >>> TODO 1: create the parameters; their names and shapes are yours to choose
        raise NotImplementedError("TODO 1")
        # <<< TODO 1

    def forward(self, inputs, state):
        """Run all steps: inputs (B, S, I), state (1, B, H) -> outputs (B, S, H), state."""
        # >>> TODO 2: loop over the steps, collect the state after each one
        raise NotImplementedError("TODO 2")
        # <<< TODO 2


class Sequence_Modeling(nn.Module):
    """Embedding, GRU and a linear map to one row of logits per step."""

    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        """Predict: sent (B, S) int64, state (1, B, H) -> logits (B, S, O), state."""
        # >>> TODO 3: use the three layers
        raise NotImplementedError("TODO 3")
        # <<< TODO 3
