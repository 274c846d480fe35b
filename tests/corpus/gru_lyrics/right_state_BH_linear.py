import torch
import torch.nn as nn
import torch.nn.functional as F


class GRU(nn.Module):
    """state is a plain (batch, hidden) matrix"""

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.xr, self.hr = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.xz, self.hz = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.xn, self.hn = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens, bias=False)

    def forward(self, inputs, state):
        outputs = []
        for x in inputs.unbind(1):
            r = F.sigmoid(self.xr(x) + self.hr(state))
            z = F.sigmoid(self.xz(x) + self.hz(state))
            n = F.tanh(self.xn(x) + self.hn(r * state))
            state = torch.add((1 - z) * n, z * state)
            outputs.append(state)
        return torch.stack(outputs, 1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
