import functools

import torch
import torch.nn as nn


def init_params(num_inputs, num_hiddens):
    def normal(shape):
        return torch.randn(size=shape) * 0.01

    def three():
        return [normal((num_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens)]

    return [nn.Parameter(p) for p in three() + three() + three()]


def gru_step(x, h, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params
    z = torch.sigmoid((x @ W_xz) + (h @ W_hz) + b_z)
    r = torch.sigmoid((x @ W_xr) + (h @ W_hr) + b_r)
    h_tilda = torch.tanh((x @ W_xh) + ((r * h) @ W_hh) + b_h)
    return z * h + (1 - z) * h_tilda


def gru_forward(inputs, h, params):
    def push(acc, x):
        return acc + [gru_step(x, acc[-1], params)]

    states = functools.reduce(push, torch.transpose(inputs, 0, 1), [h])
    return torch.stack(states[1:], dim=1), states[-1]


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.params = nn.ParameterList(init_params(num_inputs, num_hiddens))

    def forward(self, inputs, state):
        outputs, h = gru_forward(inputs, state[0], list(self.params))
        return outputs, h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        sent_hidden, sent_state = self.gru_layer(sent_emb, state)
        sent_outputs = self.linear(sent_hidden)
        return sent_outputs, sent_state
