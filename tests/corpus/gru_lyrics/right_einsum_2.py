import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(num_inputs, 3, num_hiddens) * .1)
        self.U = nn.Parameter(torch.randn(num_hiddens, 3, num_hiddens) * .1)
        self.b = nn.Parameter(torch.zeros(3, num_hiddens))

    def forward(self, inputs, state):
        a = torch.einsum('bsi,igh->sgbh', inputs, self.W) + self.b[None, :, None]
        (h,) = state
        hs = []
        for z_in, r_in, n_in in a:
            z = (z_in + torch.einsum('bh,hk->bk', h, self.U[:, 0])).sigmoid()
            r = (r_in + torch.einsum('bh,hk->bk', h, self.U[:, 1])).sigmoid()
            n = (n_in + torch.einsum('bh,bh,hk->bk', r, h, self.U[:, 2])).tanh()
            h = torch.einsum('gbh,gbh->bh', torch.stack([z, 1 - z]), torch.stack([h, n]))
            hs.append(h)
        return torch.stack(hs, dim=1), h.unsqueeze(0)


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
