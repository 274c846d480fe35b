import torch
from torch import nn


class GRU(nn.Module):
    """the gates of all steps at once, which is fast"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gates = nn.Sequential(nn.Linear(num_inputs, 2 * num_hiddens), nn.Sigmoid())
        self.x = nn.Linear(num_inputs, num_hiddens)
        self.h = nn.Linear(num_hiddens, num_hiddens, bias=False)

    def forward(self, inputs, state):
        Z, R = self.gates(inputs).chunk(2, -1)
        X = self.x(inputs)
        h = state[0]
        ys = []
        for t in range(inputs.size(1)):
            n = torch.tanh(X[:, t] + self.h(R[:, t] * h))
            h = h - Z[:, t] * (h - n)
            ys.append(h)
        return torch.stack(ys, 1), h[None]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        batch, steps = sent.shape
        hidden, state = self.gru_layer(self.emb_layer(sent), state)
        logits = self.linear(hidden.reshape(batch * steps, -1))
        return logits.view(batch, steps, -1), state
