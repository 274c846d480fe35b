import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self, i, h):
        super().__init__()
        self.x, self.h = nn.Linear(i, h), nn.Linear(h, h)

    def forward(self, x, h):
        return torch.sigmoid(self.x(x) + self.h(h))


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        gate = Gate(num_inputs, num_hiddens)
        self.gates = nn.ModuleList([gate] * 2)      # update, reset
        self.x = nn.Linear(num_inputs, num_hiddens)
        self.h = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z, r = [g(x, h) for g in self.gates]
            h = (1 - z) * h + z * torch.tanh(self.x(x) + self.h(r * h))
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


class LanguageModelBase(nn.Module):
    def encode(self, sent):
        raise NotImplementedError

    def decode(self, hidden):
        raise NotImplementedError

    def forward(self, sent, state):
        hidden, state = self.gru_layer(self.encode(sent), state)
        return self.decode(hidden), state


class Sequence_Modeling(LanguageModelBase):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def encode(self, sent):
        return self.emb_layer(sent)

    def decode(self, hidden):
        return self.linear(hidden)
