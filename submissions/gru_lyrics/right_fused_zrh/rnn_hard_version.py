import torch
import torch.nn as nn


class GRU(nn.Module):

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.x2all = nn.Linear(num_inputs, 3 * num_hiddens)
        self.h2gates = nn.Linear(num_hiddens, 2 * num_hiddens, bias=False)
        self.h2cand = nn.Linear(num_hiddens, num_hiddens, bias=False)

    def step(self, x, h):
        xz, xr, xc = self.x2all(x).chunk(3, dim=-1)
        hz, hr = self.h2gates(h).chunk(2, dim=-1)
        z = torch.sigmoid(xz + hz)
        r = torch.sigmoid(xr + hr)
        cand = torch.tanh(xc + self.h2cand(r * h))
        return z * h + (1.0 - z) * cand

    def forward(self, inputs, state):
        h = state[-1]
        collected = []
        for t in range(inputs.size(1)):
            h = self.step(inputs[:, t], h)
            collected.append(h)
        return torch.stack(collected, dim=1), h[None]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
