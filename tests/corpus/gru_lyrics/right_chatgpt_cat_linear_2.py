from typing import Optional, Tuple

import torch
import torch.nn as nn
from torch import Tensor


class GRU(nn.Module):
    """
    Gated Recurrent Unit implemented from scratch.

    Args:
        num_inputs: Dimensionality of the input features.
        num_hiddens: Dimensionality of the hidden state.
    """

    def __init__(self, num_inputs: int, num_hiddens: int) -> None:
        super().__init__()
        self.num_inputs = num_inputs
        self.num_hiddens = num_hiddens

        concat_size = num_inputs + num_hiddens
        self.update_gate = nn.Linear(concat_size, num_hiddens)
        self.reset_gate = nn.Linear(concat_size, num_hiddens)
        self.candidate = nn.Linear(concat_size, num_hiddens)

    def _init_state(self, inputs: Tensor) -> Tensor:
        return inputs.new_zeros(1, inputs.size(0), self.num_hiddens)

    def forward(self, inputs: Tensor, state: Optional[Tensor] = None) -> Tuple[Tensor, Tensor]:
        # 1. Initialise the hidden state if it is not provided
        if state is None:
            state = self._init_state(inputs)
        h_t = state[-1]

        # 2. Iterate over time
        outputs = []
        for x_t in inputs.unbind(dim=1):
            combined = torch.cat((x_t, h_t), dim=1)
            z_t = torch.sigmoid(self.update_gate(combined))
            r_t = torch.sigmoid(self.reset_gate(combined))
            combined_reset = torch.cat((x_t, r_t * h_t), dim=1)
            h_tilde = torch.tanh(self.candidate(combined_reset))
            h_t = (1 - z_t) * h_t + z_t * h_tilde
            outputs.append(h_t)

        # 3. Stack the outputs: (B, S, H)
        return torch.stack(outputs, dim=1), h_t.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    """Embedding -> GRU -> Linear language model."""

    def __init__(self, vocab_size: int, embedding_size: int, num_outputs: int, hidden_size: int) -> None:
        super().__init__()
        self.emb_layer = nn.Embedding(num_embeddings=vocab_size, embedding_dim=embedding_size)
        self.gru_layer = GRU(num_inputs=embedding_size, num_hiddens=hidden_size)
        self.linear = nn.Linear(in_features=hidden_size, out_features=num_outputs, bias=True)

    def forward(self, sent: torch.Tensor, state: torch.Tensor):
        # (B, S) -> (B, S, E)
        embedded = self.emb_layer(sent)
        # (B, S, E) -> (B, S, H)
        outputs, new_state = self.gru_layer(embedded, state)
        # (B, S, H) -> (B, S, O)
        logits = self.linear(outputs)
        return logits, new_state
