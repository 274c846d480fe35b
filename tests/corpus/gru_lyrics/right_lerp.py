import torch
import torch.nn as nn
import torch.nn.functional as F


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.ih = nn.Linear(num_inputs, 3 * num_hiddens, bias=True)
        self.hh = nn.Linear(num_hiddens, 3 * num_hiddens, bias=False)

    def forward(self, inputs, state):
        (h,) = state
        ys = []
        for x in inputs.unbind(1):
            xz, xn, xr = self.ih(x).tensor_split(3, dim=-1)
            hz, hn, hr = self.hh(h).tensor_split(3, dim=-1)
            n = (xn + (xr + hr).sigmoid() * hn).tanh()
            h = torch.lerp(n, h, (xz + hz).sigmoid())
            ys.append(h)
        return torch.stack(ys, 1), h[None, ...]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
