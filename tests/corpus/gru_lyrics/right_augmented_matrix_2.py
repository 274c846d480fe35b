import torch
from torch import nn


class GRU(nn.Module):
    # every gate is one matrix that multiplies [x ; h ; 1]
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_inputs + num_hiddens + 1
        self.register_buffer('one', torch.ones(1, 1))
        self.A = nn.Parameter(torch.empty(3, n, num_hiddens))
        nn.init.xavier_uniform_(self.A)

    def aug(self, x, h):
        return torch.cat([x, h, self.one.expand(x.size(0), 1)], dim=1)

    def forward(self, inputs, state):
        h = state[0]
        Az, Ar, An = self.A
        ys = torch.empty(inputs.size(0), inputs.size(1), h.size(1), dtype=h.dtype, device=h.device)
        for t in range(inputs.size(1)):
            x = inputs[:, t]
            v = self.aug(x, h)
            z, r = torch.sigmoid(v @ Az), torch.sigmoid(v @ Ar)
            n = torch.tanh(self.aug(x, r * h) @ An)
            h = z * n + (1 - z) * h
            ys[:, t] = h
        return ys, h.unsqueeze(0)


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
