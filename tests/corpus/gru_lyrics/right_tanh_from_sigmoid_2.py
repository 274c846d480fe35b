import torch
from torch import nn


def sig(v):
    return torch.sigmoid(v)


def tanh_(v):
    return 2 * sig(2 * v) - 1


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        mk = lambda i: nn.Linear(i, num_hiddens, bias=False)
        self.xz, self.hz = mk(num_inputs), mk(num_hiddens)
        self.xr, self.hr = mk(num_inputs), mk(num_hiddens)
        self.xn, self.hn = mk(num_inputs), mk(num_hiddens)
        self.bias = nn.Parameter(torch.zeros(3, num_hiddens))

    def forward(self, inputs, state):
        h, out = state[0], []
        for x in inputs.split(1, dim=1):
            x = x.squeeze(1)
            z = sig(self.xz(x) + self.hz(h) + self.bias[0])
            r = sig(self.xr(x) + self.hr(h) + self.bias[1])
            n = tanh_(self.xn(x) + self.hn(r * h) + self.bias[2])
            h = h - z * h + z * n
            out += [h]
        return torch.stack(out, dim=1), h[None, :, :]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        X = self.emb_layer(sent)
        Y, state = self.gru_layer(X, state)
        return self.linear(Y), state
