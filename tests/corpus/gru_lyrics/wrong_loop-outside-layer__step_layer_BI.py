import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W_z = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.W_r = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.W_h = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, x, state):
        # x: (B, I), state: (1, B, H); one time step
        h = state[0]
        xh = torch.cat([x, h], dim=1)
        z = torch.sigmoid(self.W_z(xh))
        r = torch.sigmoid(self.W_r(xh))
        c = torch.tanh(self.W_h(torch.cat([x, r * h], dim=1)))
        h = z * h + (1 - z) * c
        return h, h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        emb = self.emb_layer(sent)
        outs = []
        for t in range(sent.shape[1]):
            h, state = self.gru_layer(emb[:, t], state)
            outs.append(self.linear(h))
        return torch.stack(outs, dim=1), state
