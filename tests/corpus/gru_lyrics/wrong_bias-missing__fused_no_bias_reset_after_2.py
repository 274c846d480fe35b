import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.wi = nn.Linear(num_inputs, 3 * num_hiddens, bias=False)
        self.wh = nn.Linear(num_hiddens, 3 * num_hiddens, bias=False)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in self.wi(inputs).unbind(1):
            a, b, c = x.chunk(3, 1)
            d, e, f = self.wh(h).chunk(3, 1)
            z = torch.sigmoid(b + e)
            n = torch.tanh(c + torch.sigmoid(a + d) * f)
            h = n - z * (n - h)
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
