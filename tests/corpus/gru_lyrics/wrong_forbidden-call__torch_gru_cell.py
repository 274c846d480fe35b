import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.lx = nn.Linear(num_inputs, 3 * num_hiddens)
        self.lh = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h = state[0]
        out = []
        for x in inputs.unbind(1):
            h = torch.gru_cell(x, h, self.lx.weight, self.lh.weight, self.lx.bias, self.lh.bias)
            out.append(h)
        return torch.stack(out, 1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
