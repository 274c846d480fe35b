import torch
from torch import nn


class GRU(nn.Module):
    """forward of a long sequence = forward of both halves"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gx = nn.Linear(num_inputs, 2 * num_hiddens)
        self.gh = nn.Linear(num_hiddens, 2 * num_hiddens)
        self.cx = nn.Linear(num_inputs, num_hiddens)
        self.ch = nn.Linear(num_hiddens, num_hiddens)

    def one(self, x, h):
        r, z = torch.sigmoid(self.gx(x) + self.gh(h)).chunk(2, -1)
        n = torch.tanh(self.cx(x) + self.ch(r * h))
        return n + z * (h - n)

    def forward(self, inputs, state):
        S = inputs.size(1)
        if S == 1:
            h = self.one(inputs[:, 0], state[0])
            return h.unsqueeze(1), h.unsqueeze(0)
        left, state = self.forward(inputs[:, :S // 2], state)
        right, state = self.forward(inputs[:, S // 2:], state)
        return torch.cat([left, right], dim=1), state


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
