import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.fx = nn.Linear(num_inputs, 3 * num_hiddens)
        self.fh = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            xz, xr, xn = self.fx(x).chunk(3, 1)
            hz, hr, hn = self.fh(h).chunk(3, 1)
            z, r = torch.sigmoid(xz + hz), torch.sigmoid(xr + hr)
            n = torch.tanh(r * xn + hn)
            h = (1 - z) * h + z * n
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
