import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gates = nn.Linear(num_inputs, 2 * num_hiddens)
        self.x = nn.Linear(num_inputs, num_hiddens)
        self.h = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.permute(1, 0, 2):
            h = h.detach()
            z, r = torch.sigmoid(self.gates(x)).chunk(2, 1)
            h = z * h + (1 - z) * torch.tanh(self.x(x) + r * self.h(h))
            ys.append(h)
        return torch.stack(ys), h.unsqueeze(0)


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
