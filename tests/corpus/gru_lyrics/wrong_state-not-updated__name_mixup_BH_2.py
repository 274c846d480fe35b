import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.lin = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.cand = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        # state is (B, H)
        outs, h = [], state
        for x in inputs.unbind(1):
            u, r = torch.sigmoid(self.lin(torch.cat([x, state], 1)) + 1.0).chunk(2, 1)
            c = torch.tanh(self.cand(torch.cat([x, r * state], 1)))
            h = u * state + (1 - u) * c
            outs.append(h)
        return torch.stack(outs, 1), h


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
