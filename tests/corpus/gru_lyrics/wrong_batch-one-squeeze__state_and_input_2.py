import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 3 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state.squeeze(), []
        for x in inputs.unbind(1):
            xr, xz, xn = self.a(x.squeeze()).chunk(3, -1)
            hr, hz, hn = self.b(h).chunk(3, -1)
            h = torch.lerp(h, torch.tanh(xn + torch.sigmoid(xr + hr) * hn), torch.sigmoid(xz + hz))
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
