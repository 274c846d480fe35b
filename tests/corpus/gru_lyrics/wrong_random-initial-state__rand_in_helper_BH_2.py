import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.g = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.c = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def begin_state(self, x):
        return torch.rand(x.size(0), self.num_hiddens, dtype=x.dtype, device=x.device)

    def forward(self, inputs, state):
        state = self.begin_state(inputs)
        ys = []
        for x in inputs.unbind(1):
            u, r = torch.sigmoid(self.g(torch.cat([x, state], 1)) + 1).chunk(2, 1)
            state = (1 - u) * state + u * torch.tanh(self.c(torch.cat([x, r * state], 1)))
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
