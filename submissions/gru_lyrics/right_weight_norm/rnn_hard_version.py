import torch
import torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.inp = nn.Linear(num_inputs, 3 * num_hiddens)
        self.rec = weight_norm(nn.Linear(num_hiddens, 3 * num_hiddens), dim=0)

    def forward(self, inputs, state):
        h = state[0]
        ys = []
        for t in range(inputs.size(1)):
            xr, xz, xn = self.inp(inputs[:, t]).chunk(3, dim=1)
            hr, hz, hn = self.rec(h).chunk(3, dim=1)
            r = torch.sigmoid(xr + hr)
            z = torch.sigmoid(xz + hz)
            n = torch.tanh(xn + r * hn)
            h = (1 - z) * n + z * h
            ys.append(h)
        return torch.stack(ys, dim=1), h.unsqueeze(0)


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
