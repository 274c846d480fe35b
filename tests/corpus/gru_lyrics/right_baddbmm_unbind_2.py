import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.wx = nn.Parameter(torch.randn(3, num_inputs, num_hiddens) / num_inputs ** 0.5)
        self.wh = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens) / num_hiddens ** 0.5)
        self.b = nn.Parameter(torch.zeros(3, 1, num_hiddens))

    def forward(self, inputs, state):
        B, S, I = inputs.shape
        H = self.wh.shape[-1]
        flat = inputs.reshape(1, B * S, I).expand(3, -1, -1)
        gx = torch.baddbmm(self.b, flat, self.wx).view(3, B, S, H)
        h = state.reshape(B, H)
        out = []
        for t in range(S):
            pre = torch.baddbmm(gx[:2, :, t], h.expand(2, B, H), self.wh[:2])
            z, r = pre.sigmoid().unbind(0)
            n = torch.addmm(gx[2, :, t], r * h, self.wh[2]).tanh()
            h = torch.addcmul(n, z, h - n)
            out.append(h)
        return torch.stack(out, 1), h.view(1, B, H)


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
