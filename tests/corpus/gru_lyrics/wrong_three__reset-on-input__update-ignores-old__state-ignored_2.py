import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 3 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = torch.zeros_like(state[0]), []
        for x in self.a(inputs).unbind(1):
            xz, xr, xn = x.chunk(3, 1)
            hz, hr, hn = self.b(h).chunk(3, 1)
            z, r = torch.sigmoid(xz + hz), torch.sigmoid(xr + hr)
            h = (1 - z) * torch.tanh(r * xn + hn)
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
