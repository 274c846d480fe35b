import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.f = nn.ModuleDict({
            side: nn.ModuleDict({g: nn.Linear(n, num_hiddens, bias=(side == 'h')) for g in ('reset', 'upd', 'new')})
            for side, n in (('x', num_inputs), ('h', num_hiddens))})

    def begin_state(self, batch):
        p = next(self.parameters())
        return torch.zeros(1, batch, self.num_hiddens, dtype=p.dtype, device=p.device)

    def forward(self, inputs, state=None):
        state = self.begin_state(len(inputs)) if state is None else state
        fx, fh = self.f['x'], self.f['h']
        h, ys = state[0], []
        for x in torch.unbind(inputs, 1):
            r, u = [torch.sigmoid(fx[g](x) + fh[g](h)) for g in ('reset', 'upd')]
            n = torch.tanh(fx['new'](x) + r * fh['new'](h))
            h = h + u * (n - h)
            ys.append(h)
        return torch.stack(ys, dim=1), h[None]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        nn.init.normal_(self.emb_layer.weight, std=0.1)

    def forward(self, sent, state):
        one_hot = nn.functional.one_hot(sent, self.emb_layer.num_embeddings).to(self.emb_layer.weight.dtype)
        hidden, state = self.gru_layer(one_hot @ self.emb_layer.weight, state)
        return nn.functional.linear(hidden, self.linear.weight, self.linear.bias), state
