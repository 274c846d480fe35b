import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gx, self.gh = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens)
        self.nx, self.nh = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            g = torch.sigmoid(self.gx(x) + self.gh(h))
            n = torch.tanh(g * self.nx(x) + self.nh(h))
            h = (1 - g) * n + g * h
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
