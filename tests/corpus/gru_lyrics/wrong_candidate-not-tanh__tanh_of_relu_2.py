import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(num_inputs + num_hiddens, 2 * num_hiddens) * .2)
        self.V = nn.Parameter(torch.randn(num_inputs + num_hiddens, num_hiddens) * .2)
        self.b = nn.Parameter(torch.zeros(3, num_hiddens))

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z, r = (torch.cat([x, h], 1) @ self.W + self.b[:2].reshape(-1)).sigmoid().chunk(2, 1)
            n = torch.relu(torch.cat([x, r * h], 1) @ self.V + self.b[2])
            h = z * h + (1 - z) * torch.tanh(n)
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
