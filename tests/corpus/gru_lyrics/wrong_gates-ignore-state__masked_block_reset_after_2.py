import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        I, H = num_inputs, num_hiddens
        self.M = nn.Parameter(torch.randn(I + H + 1, 4 * H) * .2)
        mask = torch.ones(I + H + 1, 4 * H)
        mask[I:I + H, :3 * H] = 0
        mask[:I, 3 * H:] = 0
        self.register_buffer('mask', mask)

    def forward(self, inputs, state):
        h, ys = state[0], []
        W = self.M * self.mask
        for x in inputs.unbind(1):
            z, r, a, b = (torch.cat([x, h, torch.ones_like(x[:, :1])], 1) @ W).chunk(4, 1)
            n = torch.tanh(a + torch.sigmoid(r) * b)
            h = torch.lerp(h, n, torch.sigmoid(z + 1))
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
