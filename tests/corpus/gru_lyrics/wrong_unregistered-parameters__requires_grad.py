import torch
import torch.nn as nn


def init_params(num_inputs, num_hiddens):
    def normal(shape):
        return torch.randn(size=shape) * 0.01

    def three():
        return [normal((num_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens)]

    params = three() + three() + three()
    for param in params:
        param.requires_grad_(True)
    return params


def gru_step(x, h, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params
    z = torch.sigmoid((x @ W_xz) + (h @ W_hz) + b_z)
    r = torch.sigmoid((x @ W_xr) + (h @ W_hr) + b_r)
    h_tilda = torch.tanh((x @ W_xh) + ((r * h) @ W_hh) + b_h)
    return z * h + (1 - z) * h_tilda


def gru_forward(inputs, h, params):
    outputs = []
    for x in torch.transpose(inputs, 0, 1):
        h = gru_step(x, h, params)
        outputs.append(h)
    return torch.stack(outputs, dim=1), h


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.params = init_params(num_inputs, num_hiddens)

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
