import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gate = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.cand = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def _roll(self, xs, h):
        if len(xs) == 0:
            return [], h
        x, rest = xs[0], xs[1:]
        z, r = torch.sigmoid(self.gate(torch.cat([x, h], 1))).chunk(2, 1)
        n = torch.tanh(self.cand(torch.cat([x, r * h], 1)))
        h = z * h + (1 - z) * n
        tail, last = self._roll(rest, h)
        return [h] + tail, last

    def forward(self, inputs, state):
        hs, last = self._roll(list(inputs.unbind(1)), state[0])
        return torch.stack(hs, 1), last.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
