import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3, num_inputs, num_hiddens) * .3)
        self.U = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens) * .3)
        self.b = nn.Parameter(torch.zeros(3, 1, num_hiddens))

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            xw = torch.bmm(x.expand(3, *x.shape), self.W)
            hu = torch.baddbmm(self.b, h.expand(3, *h.shape), self.U)
            z, r = (xw[:2] + hu[:2]).sigmoid().unbind(0)
            h = torch.lerp(torch.addcmul(hu[2], r, xw[2]).tanh(), h, z)
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
