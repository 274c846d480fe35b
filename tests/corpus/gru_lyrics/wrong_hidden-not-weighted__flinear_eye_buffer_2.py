import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3 * num_hiddens, num_inputs) * .1)
        self.b = nn.Parameter(torch.zeros(3 * num_hiddens))
        self.register_buffer('E', torch.eye(num_hiddens))

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z, r, n = nn.functional.linear(x, self.W, self.b).chunk(3, 1)
            z = torch.sigmoid(z + h @ self.E)
            r = torch.sigmoid(r + h @ self.E)
            n = torch.tanh(n + (r * h) @ self.E)
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
