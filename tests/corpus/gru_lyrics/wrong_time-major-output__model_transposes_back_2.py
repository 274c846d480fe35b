import torch
from torch import nn


class GRU(nn.Module):
    """batch-first input, time-major output; the model swaps it back"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(num_inputs + num_hiddens + 1, 3 * num_hiddens) * .2)

    def forward(self, inputs, state):
        h = state.squeeze(0)
        Wz, Wr, Wn = self.W.chunk(3, 1)
        one = torch.ones_like(h[:, :1])
        out = h.new_zeros(inputs.size(1), inputs.size(0), h.size(1))
        for t, x in enumerate(inputs.transpose(0, 1)):
            v = torch.cat([x, h, one], 1)
            z, r = torch.sigmoid(v @ Wz), torch.sigmoid(v @ Wr)
            h = (1 - z) * h + z * torch.tanh(torch.cat([x, r * h, one], 1) @ Wn)
            out[t] = h
        return out, h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        y, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(y.transpose(0, 1)), state
