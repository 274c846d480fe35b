import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.x2h = nn.Linear(num_inputs, 3 * num_hiddens)
        self.h2h = nn.Linear(num_hiddens, 3 * num_hiddens, bias=False)
        self.h2h_bias = nn.Parameter(torch.zeros(num_hiddens))
        with torch.no_grad():
            self.x2h.bias[:num_hiddens].fill_(1.)     # keep the memory at the start

    def forward(self, inputs, state):
        h = state[0]
        outs = []
        for xp in self.x2h(inputs).transpose(0, 1):
            xz, xr, xn = xp.chunk(3, 1)
            hz, hr, hn = self.h2h(h).chunk(3, 1)
            z = torch.sigmoid(xz + hz)
            n = torch.tanh(torch.addcmul(xn, torch.sigmoid(xr + hr), hn + self.h2h_bias))
            h = torch.lerp(n, h, z)
            outs.append(h)
        return torch.stack(outs).transpose(0, 1).contiguous(), h.unsqueeze(0)


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
