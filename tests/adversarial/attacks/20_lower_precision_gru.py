"""Rounds weights and state to half precision in each step.

Lab: gru_lyrics
Honest: full marks without the rounding.
Expected: the check fails: differences are far over the rounding of the dtype asked for.
"""

import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.from_input = nn.ModuleList(nn.Linear(num_inputs, num_hiddens) for _ in range(3))
        self.from_state = nn.ModuleList(
            nn.Linear(num_hiddens, num_hiddens, bias=False) for _ in range(3)
        )

    def forward(self, inputs, state):
        H, collected = state[0], []
        for X in inputs.unbind(1):
            z, r, c = (layer(X) for layer in self.from_input)
            Z = torch.sigmoid(z + self.from_state[0](H))
            R = torch.sigmoid(r + self.from_state[1](H))
            H = Z * H + (1 - Z) * torch.tanh(c + self.from_state[2](R * H))
            H = H.half().to(inputs.dtype)
            collected.append(H)
        return torch.stack(collected, dim=1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
