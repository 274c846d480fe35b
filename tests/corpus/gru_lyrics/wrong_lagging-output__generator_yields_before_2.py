import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3, num_inputs, num_hiddens) * .1)
        self.U = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens) * .1)
        self.b = nn.Parameter(torch.zeros(3, num_hiddens))

    def run(self, inputs, h):
        for t in range(inputs.size(1)):
            yield h
            x = inputs[:, t]
            z = torch.sigmoid(x @ self.W[0] + h @ self.U[0] + self.b[0] + 1)
            r = torch.sigmoid(x @ self.W[1] + h @ self.U[1] + self.b[1])
            n = torch.tanh(x @ self.W[2] + (r * h) @ self.U[2] + self.b[2])
            h = z * h + (1 - z) * n
        self.last = h

    def forward(self, inputs, state):
        ys = list(self.run(inputs, state[0]))
        last, self.last = self.last, None
        return torch.stack(ys, 1), last[None]


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
