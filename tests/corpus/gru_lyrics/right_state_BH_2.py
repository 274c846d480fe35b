import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.cell_x = nn.Linear(num_inputs, 3 * num_hiddens)
        self.cell_h = nn.Linear(num_hiddens, 3 * num_hiddens)
        for m in (self.cell_x, self.cell_h):
            nn.init.orthogonal_(m.weight)
            nn.init.zeros_(m.bias)
        self.drop = nn.Dropout(p=0)

    def forward(self, inputs, state):
        # state: (B, H)
        outs = []
        for t in range(inputs.size(1)):
            a1, a2, a3 = self.cell_x(self.drop(inputs[:, t])).chunk(3, 1)
            b1, b2, b3 = self.cell_h(state).chunk(3, 1)
            u = torch.sigmoid(a1 + b1)
            r = torch.sigmoid(a2 + b2)
            state = u * torch.tanh(a3 + r * b3) + (1 - u) * state
            outs.append(self.drop(state))
        return torch.stack(outs, 1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        self.dropout = nn.Dropout(0.0)

    def forward(self, sent, state):
        emb = self.dropout(self.emb_layer(sent))
        hidden, last = self.gru_layer(emb, state)
        return self.linear(self.dropout(hidden)), last
