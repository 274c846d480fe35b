import torch
from torch import nn


class GRU(nn.Module):
    """no loop at all: all the steps at once"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gx = nn.Linear(num_inputs, 3 * num_hiddens)
        self.gh = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h0 = state.transpose(0, 1).expand(-1, inputs.size(1), -1)
        xz, xr, xn = self.gx(inputs).chunk(3, -1)
        hz, hr, hn = self.gh(h0).chunk(3, -1)
        z, r = torch.sigmoid(xz + hz), torch.sigmoid(xr + hr)
        y = (1 - z) * h0 + z * torch.tanh(xn + r * hn)
        return y, y[:, -1].unsqueeze(0)


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
