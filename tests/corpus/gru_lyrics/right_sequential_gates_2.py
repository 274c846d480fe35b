import torch
import torch.nn as nn


class Join(nn.Module):
    def forward(self, pair):
        return torch.cat(pair, dim=-1)


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_inputs + num_hiddens
        self.z = nn.Sequential(Join(), nn.Linear(n, num_hiddens), nn.Sigmoid())
        self.r = nn.Sequential(Join(), nn.Linear(n, num_hiddens), nn.Sigmoid())
        self.n = nn.Sequential(Join(), nn.Linear(n, num_hiddens), nn.Tanh())

    def forward(self, inputs, state):
        h = state.squeeze(dim=0)
        out = []
        for t in range(inputs.size(1)):
            x = inputs[:, t, :]
            z, r = self.z((x, h)), self.r((x, h))
            h = z * h + (1 - z) * self.n((x, r * h))
            out.append(h)
        return torch.stack(out, dim=1), out[-1].unsqueeze(dim=0)


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
