import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.w = nn.Parameter(torch.randn(num_inputs, 3 * num_hiddens) * .1)
        self.u = nn.Parameter(torch.randn(num_hiddens, 3 * num_hiddens) * .1)
        self.bi = nn.Parameter(torch.zeros(3 * num_hiddens))
        self.bh = nn.Parameter(torch.zeros(3 * num_hiddens))
        self.H = num_hiddens

    def forward(self, inputs, state):
        B, S, I = inputs.size()
        H = self.H
        gates = torch.addmm(self.bi, inputs.reshape(-1, I), self.w).view(B, S, 3 * H)
        out = gates.new_empty((B, S + 1, H))
        out[:, 0].copy_(state[0])
        prev = state[0]
        for t in range(1, S + 1):
            gh = torch.addmm(self.bh, prev, self.u)
            zr = (gates[:, t - 1, :2 * H] + gh[:, :2 * H]).sigmoid_()
            z, r = zr[:, :H], zr[:, H:]
            n = gh[:, 2 * H:].mul(r).add_(gates[:, t - 1, 2 * H:]).tanh_()
            prev = n.sub(n * z).add_(z * prev)
            out[:, t] = prev
        return out[:, 1:], prev.unsqueeze(0)


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
