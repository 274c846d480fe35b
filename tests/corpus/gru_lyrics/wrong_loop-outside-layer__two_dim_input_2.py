import torch
import torch.nn as nn


class GRU(nn.Module):
    """forward of one time step, inputs (B, I)"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.zr = nn.Parameter(torch.randn(num_inputs + num_hiddens + 1, 2 * num_hiddens) * .1)
        self.n = nn.Parameter(torch.randn(num_inputs + num_hiddens + 1, num_hiddens) * .1)

    def forward(self, inputs, state):
        h = state.squeeze(0)
        one = h.new_ones(h.size(0), 1)
        z, r = torch.sigmoid(torch.cat([inputs, h, one], 1) @ self.zr).chunk(2, 1)
        n = torch.tanh(torch.cat([inputs, r * h, one], 1) @ self.n)
        h = (1 - z) * h + z * n
        return h, h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        emb = self.emb_layer(sent)
        hs = []
        for t in range(sent.size(1)):
            h, state = self.gru_layer(emb[:, t], state)
            hs.append(h)
        return self.linear(torch.stack(hs, 1)), state
