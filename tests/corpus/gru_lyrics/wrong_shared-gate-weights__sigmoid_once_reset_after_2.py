import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.wx = nn.Parameter(torch.randn(num_inputs, 2 * num_hiddens) * .2)
        self.wh = nn.Parameter(torch.randn(num_hiddens, 2 * num_hiddens) * .2)
        self.bx = nn.Parameter(torch.zeros(2 * num_hiddens))
        self.bh = nn.Parameter(torch.zeros(2 * num_hiddens))

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            xg, xn = (x @ self.wx + self.bx).chunk(2, 1)
            hg, hn = (h @ self.wh + self.bh).chunk(2, 1)
            r = z = torch.sigmoid(xg + hg)
            h = torch.lerp(torch.tanh(xn + r * hn), h, z)
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
