import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_inputs + num_hiddens
        self.zr = nn.Linear(n, 2 * num_hiddens, bias=False)
        self.n = nn.Linear(n, num_hiddens, bias=False)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            h = h.detach()
            z, r = torch.sigmoid(self.zr(torch.cat([x, h], 1))).chunk(2, 1)
            h = z * h + (1 - z) * torch.tanh(self.n(torch.cat([x, r * h], 1)))
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
