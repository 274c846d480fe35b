import torch
import torch.nn as nn


class GRU(nn.Module):
    # state : (B, 1, H)
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.lin_x = nn.Linear(num_inputs, num_hiddens * 3)
        self.lin_h = nn.Linear(num_hiddens, num_hiddens * 3)

    def forward(self, inputs, state):
        outs = []
        for t in range(inputs.size(1)):
            x = inputs[:, t:t + 1, :]                     # (B, 1, I)
            a, b, c = self.lin_x(x).split(state.size(-1), dim=-1)
            d, e, f = self.lin_h(state).split(state.size(-1), dim=-1)
            u = torch.sigmoid(a + d)
            r = torch.sigmoid(b + e)
            n = torch.tanh(c + r * f)
            state = u * state + (1 - u) * n               # (B, 1, H)
            outs.append(state)
        return torch.cat(outs, dim=1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
