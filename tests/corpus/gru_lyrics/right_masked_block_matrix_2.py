import torch
from torch import nn


class GRU(nn.Module):
    """One block matrix for everything:

            z    r    nx   nh
        x [ *    *    *    0  ]
        h [ *    *    0    *  ]
        1 [ *    *    *    *  ]
    """
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        I, H = num_inputs, num_hiddens
        self.M = nn.Parameter(torch.randn(I + H + 1, 4 * H) * 0.2)
        mask = torch.ones(I + H + 1, 4 * H)
        mask[:I, 3 * H:] = 0
        mask[I:I + H, 2 * H:3 * H] = 0
        self.register_buffer('mask', mask, persistent=False)

    def forward(self, inputs, state):
        h = state.squeeze(0)
        M = self.M * self.mask
        ys = []
        for x in inputs.unbind(1):
            v = torch.cat([x, h, torch.ones_like(h[:, :1])], 1)
            z, r, nx, nh = (v @ M).chunk(4, 1)
            z, r = z.sigmoid(), r.sigmoid()
            h = torch.lerp(torch.tanh(nx + r * nh), h, z)
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
