import torch
from torch import nn


def three(num_inputs, num_hiddens):
    def normal(shape):
        return torch.randn(size=shape) * 0.01
    return [normal((num_inputs, num_hiddens)),
            normal((num_hiddens, num_hiddens)),
            torch.zeros(num_hiddens)]


def get_params(num_inputs, num_hiddens):
    params = three(num_inputs, num_hiddens) + three(num_inputs, num_hiddens) + three(num_inputs, num_hiddens)
    return nn.ParameterList([nn.Parameter(p) for p in params])


def gru(inputs, state, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params
    H, = state
    outputs = []
    for X in inputs:
        Z = torch.sigmoid((X @ W_xz) + (H @ W_hz) + b_z)
        R = torch.sigmoid((X @ W_xr) + (H @ W_hr) + b_r)
        H_tilda = torch.tanh((X @ W_xh) + ((R * H) @ W_hh) + b_h)
        H = Z * H + (1 - Z) * H_tilda
        outputs.append(H)
    return torch.stack(outputs), (H,)


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.params = get_params(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        Y, (H,) = gru(inputs.transpose(0, 1), (state[0],), self.params)
        return Y.transpose(0, 1), H[None]


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
