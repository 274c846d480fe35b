import torch
from torch import nn


class GRU(nn.Module):
    """keeps the state as (B, 1, H): a sequence of length one"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.Wz = nn.Parameter(torch.randn(1, num_inputs + num_hiddens, num_hiddens) * .1)
        self.Wr = nn.Parameter(torch.randn(1, num_inputs + num_hiddens, num_hiddens) * .1)
        self.Wn = nn.Parameter(torch.randn(1, num_inputs + num_hiddens, num_hiddens) * .1)
        self.bz = nn.Parameter(torch.zeros(1, 1, num_hiddens))
        self.br = nn.Parameter(torch.zeros(1, 1, num_hiddens))
        self.bn = nn.Parameter(torch.zeros(1, 1, num_hiddens))

    def forward(self, inputs, state):
        B = inputs.size(0)
        wz, wr, wn = (w.expand(B, -1, -1) for w in (self.Wz, self.Wr, self.Wn))
        pieces = []
        for x in inputs.split(1, dim=1):            # (B,1,I)
            xh = torch.cat((x, state), -1)
            z = torch.sigmoid(torch.bmm(xh, wz) + self.bz)
            r = torch.sigmoid(torch.bmm(xh, wr) + self.br)
            n = torch.tanh(torch.bmm(torch.cat((x, r * state), -1), wn) + self.bn)
            state = z * state + (1 - z) * n
            pieces.append(state)
        return torch.cat(pieces, dim=1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        self.dropout = nn.Dropout(0.0)

    def forward(self, sent, state):
        emb = self.dropout(self.emb_layer(sent))
        hidden, last = self.gru_layer(emb, state)
        return self.linear(self.dropout(hidden)), last
