import torch
import torch.nn.functional as F
from torch import nn


def stable_tanh(v):
    pos = v >= 0
    e = torch.expm1(-2 * torch.where(pos, v, -v))
    t = -e / (e + 2)
    return torch.where(pos, t, -t)


def stable_sigmoid(v):
    return torch.exp(F.logsigmoid(v))


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        for g in 'zrn':
            self.register_parameter('W' + g, nn.Parameter(torch.randn(num_inputs, num_hiddens) * .1))
            self.register_parameter('U' + g, nn.Parameter(torch.randn(num_hiddens, num_hiddens) * .1))
            self.register_parameter('b' + g, nn.Parameter(torch.randn(num_hiddens) * .1))

    def pre(self, g, x, h):
        return torch.addmm(getattr(self, 'b' + g), x, getattr(self, 'W' + g)) + torch.matmul(h, getattr(self, 'U' + g))

    def forward(self, inputs, state):
        h = state[0]
        ys = []
        for t in range(inputs.size(1)):
            x = inputs[:, t]
            a = self.pre('z', x, h)
            keep, write = stable_sigmoid(a), stable_sigmoid(-a)   # z and 1 - z
            h = keep * h + write * stable_tanh(self.pre('n', x, stable_sigmoid(self.pre('r', x, h)) * h))
            ys.append(h)
        return torch.stack(ys, dim=1), h.unsqueeze(0)


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
