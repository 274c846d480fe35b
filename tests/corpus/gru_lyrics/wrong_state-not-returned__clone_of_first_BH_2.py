import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 3 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        first, ys = state, []
        for x in self.a(inputs).unbind(1):
            xr, xz, xn = x.chunk(3, 1)
            hr, hz, hn = self.b(state).chunk(3, 1)
            z = torch.sigmoid(-(xz + hz))
            n = torch.tanh(xn + torch.sigmoid(xr + hr) * hn)
            state = z * n + (1 - z) * state
            ys.append(state)
        return torch.stack(ys, 1), first.clone()


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        self.dropout = nn.Dropout(0.0)

    def forward(self, sent, state):
        emb = self.dropout(self.emb_layer(sent))
        hidden, last = self.gru_layer(emb, state)
        return self.linear(self.dropout(hidden)), last
