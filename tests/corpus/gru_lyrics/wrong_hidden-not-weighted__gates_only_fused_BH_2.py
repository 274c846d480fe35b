import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gates = nn.Linear(num_inputs, 2 * num_hiddens)
        self.new_x = nn.Linear(num_inputs, num_hiddens)
        self.new_h = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        ys = []
        for x in inputs.unbind(1):
            u, r = (self.gates(x) + state.repeat(1, 2)).sigmoid().chunk(2, 1)
            n = torch.tanh(self.new_x(x) + r * self.new_h(state))
            state = state + u * (n - state)
            ys.append(state)
        return torch.stack(ys, 1), state


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
