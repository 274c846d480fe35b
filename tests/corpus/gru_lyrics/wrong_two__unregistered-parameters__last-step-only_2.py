import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.w = {k: (torch.randn(num_inputs, num_hiddens) * .2).requires_grad_() for k in 'zrn'}
        self.u = {k: (torch.randn(num_hiddens, num_hiddens) * .2).requires_grad_() for k in 'zrn'}
        self.b = {k: torch.zeros(num_hiddens, requires_grad=True) for k in 'zrn'}

    def forward(self, inputs, state):
        pre = lambda k, x, h: x @ self.w[k].to(x.dtype) + h @ self.u[k].to(x.dtype) + self.b[k].to(x.dtype)
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z, r = pre('z', x, h).sigmoid(), pre('r', x, h).sigmoid()
            h = (1 - z) * h + z * pre('n', x, r * h).tanh()
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        hidden, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(hidden[:, -1]), state
