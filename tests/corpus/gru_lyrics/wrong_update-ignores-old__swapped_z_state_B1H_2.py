import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_inputs + num_hiddens
        self.gate = nn.Linear(n, 2 * num_hiddens)
        self.cand = nn.Linear(n, num_hiddens)

    def forward(self, inputs, state):
        ys = []
        for x in inputs.split(1, 1):
            u, r = torch.sigmoid(self.gate(torch.cat([x, state], 2))).chunk(2, 2)
            state = u * torch.tanh(self.cand(torch.cat([x, r * state], 2)))
            ys.append(state)
        return torch.cat(ys, 1), state


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
