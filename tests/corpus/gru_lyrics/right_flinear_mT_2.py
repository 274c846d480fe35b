import torch
import torch.nn.functional as F
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        # stored transposed on purpose: columns are output units
        self.Wx_T = nn.Parameter(torch.empty(num_inputs, 3 * num_hiddens))
        self.Wh_T = nn.Parameter(torch.empty(num_hiddens, 3 * num_hiddens))
        self.bx = nn.Parameter(torch.zeros(3 * num_hiddens))
        self.bh = nn.Parameter(torch.zeros(3 * num_hiddens))
        self.reset_parameters()

    @torch.no_grad()
    def reset_parameters(self):
        for block in self.Wh_T.chunk(3, dim=1):
            q, _ = torch.linalg.qr(torch.randn(block.shape))
            block.copy_(q)
        self.Wx_T.normal_(0, 0.05)

    def forward(self, inputs, state):
        gi = F.linear(inputs, self.Wx_T.mT, self.bx)
        h = state[0]
        ys = []
        for g in gi.unbind(1):
            gh = F.linear(h, self.Wh_T.T, self.bh)
            (iz, ir, inn), (hz, hr, hn) = g.tensor_split(3, -1), gh.tensor_split(3, -1)
            r = (ir + hr).sigmoid()
            z = (iz + hz).sigmoid()
            n = (inn + r * hn).tanh()
            h = (1 - z) * n + z * h
            ys.append(h)
        return torch.stack(ys, -2), h.unsqueeze(0)


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
