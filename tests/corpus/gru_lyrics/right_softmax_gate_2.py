import torch
from torch import nn


class GRU(nn.Module):
    """update gate as a two-way softmax between old and new"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.update = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.reset = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.new_x = nn.Linear(num_inputs, num_hiddens, bias=False)
        self.new_h = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h = state.flatten(0, 1)
        ys = []
        for x in inputs.unbind(dim=1):
            xh = torch.cat([x, h], dim=-1)
            u = self.update(xh)
            mix = torch.softmax(torch.stack([u, torch.zeros_like(u)]), dim=0)
            r = self.reset(xh).sigmoid()
            cand = torch.tanh(self.new_x(x) + self.new_h(r * h))
            h = (mix * torch.stack([h, cand])).sum(0)
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
