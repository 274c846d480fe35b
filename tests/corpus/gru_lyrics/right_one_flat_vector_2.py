import math
import torch
from torch import nn


class GRU(nn.Module):
    """All weights live in one flat vector, as in old flat-parameter code."""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        I, H = num_inputs, num_hiddens
        self.I, self.H = I, H
        self.sizes = [I * H, H * H, H] * 3
        self.theta = nn.Parameter(torch.empty(sum(self.sizes)))
        nn.init.uniform_(self.theta, -1 / math.sqrt(H), 1 / math.sqrt(H))

    def unpack(self):
        p = torch.split(self.theta, self.sizes)
        shp = [(self.I, self.H), (self.H, self.H), (self.H,)] * 3
        return [a.view(s) for a, s in zip(p, shp)]

    def forward(self, inputs, state):
        Wr, Ur, br, Wz, Uz, bz, Wn, Un, bn = self.unpack()
        h = state.view(-1, self.H)
        seq = []
        for x in inputs.permute(1, 0, 2):
            r = torch.sigmoid(x.mm(Wr) + h.mm(Ur) + br)
            z = torch.sigmoid(x.mm(Wz) + h.mm(Uz) + bz)
            n = torch.tanh(x.mm(Wn) + (r * h).mm(Un) + bn)
            h = z * h + (1 - z) * n
            seq.append(h)
        return torch.stack(seq).permute(1, 0, 2), h.view(1, -1, self.H)

import torch.nn as nn
class Sequence_Modeling(nn.Module):
    def __init__(s, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__(); s.emb_layer, s.gru_layer, s.linear = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size), nn.Linear(hidden_size, num_outputs)
    def forward(s, sent, state): return (lambda y, h: (s.linear(y), h))(*s.gru_layer(s.emb_layer(sent), state))
