"""Adds six thousand parameters that do nothing, for which the judge builds square matrices.

Lab: gru_lyrics
Honest: a right layer with one parameter that it does not use.
Expected: a verdict in bounded time and memory, not void.
"""

import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.ballast = nn.Parameter(torch.zeros(6000))
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
