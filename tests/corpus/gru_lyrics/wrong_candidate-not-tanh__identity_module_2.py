import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens, act=nn.Identity):
        super().__init__()
        n = num_inputs + num_hiddens
        self.u = nn.Sequential(nn.Linear(n, num_hiddens), nn.Sigmoid())
        self.r = nn.Sequential(nn.Linear(n, num_hiddens), nn.Sigmoid())
        self.c = nn.Sequential(nn.Linear(n, num_hiddens), act())

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            xh = torch.cat([x, h], 1)
            u = self.u(xh)
            h = h + u * (self.c(torch.cat([x, self.r(xh) * h], 1)) - h)
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
