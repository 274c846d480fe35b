import torch
from torch import nn


class GRU(nn.Module):
    """textbook: column vectors, h = W x + U h + b, everything (H, B)"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.Wz, self.Wr, self.W = (nn.Parameter(torch.randn(num_hiddens, num_inputs) * 0.1) for _ in range(3))
        self.Uz, self.Ur, self.U = (nn.Parameter(torch.randn(num_hiddens, num_hiddens) * 0.1) for _ in range(3))
        self.bz, self.br, self.b = (nn.Parameter(torch.zeros(num_hiddens, 1)) for _ in range(3))

    def forward(self, inputs, state):
        x_all = inputs.permute(1, 2, 0)     # S, I, B
        h = state[0].T                      # H, B
        cols = []
        for x in x_all:
            z = torch.sigmoid(self.Wz @ x + self.Uz @ h + self.bz)
            r = torch.sigmoid(self.Wr @ x + self.Ur @ h + self.br)
            n = torch.tanh(self.W @ x + self.U @ (r * h) + self.b)
            h = z * h + (1 - z) * n
            cols.append(h)
        return torch.stack(cols, dim=0).permute(2, 0, 1), h.T.unsqueeze(0)


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
