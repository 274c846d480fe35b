import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 3 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h = state[0]
        xz, xr, xn = self.a(inputs.select(1, 0)).chunk(3, -1)
        hz, hr, hn = self.b(h).chunk(3, -1)
        z = torch.sigmoid(xz + hz)
        n = torch.relu(xn + torch.sigmoid(xr + hr) * hn)
        h = z * h + (1 - z) * n
        return h.unsqueeze(1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        hs = []
        for t in range(sent.shape[1]):
            y, state = self.gru_layer(self.emb_layer(sent[:, t:t + 1]), state)
            hs.append(y)
        return self.linear(torch.cat(hs, 1)), state
