import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.g = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.c = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def init_state(self, like):
        return like.new_zeros(like.size(0), self.num_hiddens)

    def forward(self, inputs, state=None):
        state = self.init_state(inputs)
        ys = []
        for x in inputs.unbind(1):
            r, u = self.g(torch.cat([x, state], 1)).sigmoid().chunk(2, 1)
            c = self.c(torch.cat([x, r * state], 1)).tanh()
            state = (1 - u) * state + u * c
            ys.append(state)
        return torch.stack(ys, 1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state=None):
        hidden, state = self.gru_layer(self.emb_layer(sent))
        return self.linear(hidden), state
