import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.i2h = nn.Linear(num_inputs, 3 * num_hiddens)
        self.h2h = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        # inputs: (B, 1, I), one character
        h = state[0]
        xz, xr, xn = self.i2h(inputs[:, 0]).chunk(3, 1)
        hz, hr, hn = self.h2h(h).chunk(3, 1)
        z, r = torch.sigmoid(xz + hz), torch.sigmoid(xr + hr)
        n = torch.tanh(xn + r * hn)
        h = n + z * (h - n)
        return h.unsqueeze(1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        steps = []
        for ch in self.emb_layer(sent).split(1, dim=1):
            y, state = self.gru_layer(ch, state)
            steps.append(self.linear(y))
        return torch.cat(steps, dim=1), state
