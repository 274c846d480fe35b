import torch
import torch.nn as nn


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.xz = nn.Linear(num_inputs, num_hiddens)
        self.hz = nn.Linear(num_hiddens, num_hiddens)
        self.xr = nn.Linear(num_inputs, num_hiddens)
        self.hr = nn.Linear(num_hiddens, num_hiddens)
        self.xn = nn.Linear(num_inputs, num_hiddens)
        self.hn = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h = state[0, :, :]
        hs = []
        for j in range(inputs.shape[1]):
            xj = inputs[:, j, :]
            z = sigmoid(self.xz(xj) + self.hz(h))
            r = sigmoid(self.xr(xj) + self.hr(h))
            n = tanh(self.xn(xj) + r * self.hn(h))
            h = (1 - z) * n + z * h
            hs.append(h)
        return torch.stack(hs, dim=1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
