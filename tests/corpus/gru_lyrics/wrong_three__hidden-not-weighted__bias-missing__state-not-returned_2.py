import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(num_inputs, 3 * num_hiddens) * .2)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in (inputs @ self.W).unbind(1):
            z, r, n = x.chunk(3, 1)
            u = torch.sigmoid(z + h)
            h = (1 - u) * h + u * torch.tanh(n + torch.sigmoid(r + h) * h)
            ys.append(h)
        return torch.stack(ys, 1), state


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
