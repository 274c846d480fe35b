import torch
import torch.nn as nn


class GRU(nn.Module):
    """'NTK' parametrisation: parameters are N(0, 1), the 1/sqrt(fan_in) is applied in forward."""

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.A = nn.Parameter(torch.randn(3, num_inputs, num_hiddens))
        self.B = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens))
        self.c = nn.Parameter(torch.zeros(3, num_hiddens))
        self.sx = num_inputs ** -0.5
        self.sh = num_hiddens ** -0.5

    def forward(self, inputs, state):
        A, B = self.A * self.sx, self.B * self.sh
        cz, cr, cn = self.c
        h, out = state[0], []
        for t in range(inputs.shape[1]):
            x = inputs[:, t]
            z = torch.sigmoid(x @ A[0] + h @ B[0] + cz)
            r = torch.sigmoid(x @ A[1] + h @ B[1] + cr)
            n = torch.tanh(x @ A[2] + (r * h) @ B[2] + cn)
            h = z * h + (1 - z) * n
            out.append(h)
        return torch.stack(out, 1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
