import torch
import torch.nn as nn
import torch.nn.functional as F


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
        self.vocab_size = vocab_size
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.proj = nn.Parameter(torch.randn(vocab_size, embedding_size))
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        x = F.one_hot(sent, self.vocab_size).to(self.proj.dtype) @ self.proj
        y, state = self.gru_layer(x, state)
        return self.linear(y), state
