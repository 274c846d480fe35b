import torch
import torch.nn as nn


class GRU(nn.Module):
    # (B,H) state
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.gates = nn.Linear(num_inputs, 2 * num_hiddens)
        self.x = nn.Linear(num_inputs, num_hiddens)
        self.h = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        z, r = self.gates(inputs).sigmoid().chunk(2, -1)
        xs, ys = self.x(inputs), []
        for t in range(inputs.size(1)):
            state = z[:, t] * torch.tanh(xs[:, t] + self.h(r[:, t] * state))
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
