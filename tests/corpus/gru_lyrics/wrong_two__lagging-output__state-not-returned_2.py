import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.g = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.c = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            ys.append(h)
            u, r = torch.sigmoid(self.g(torch.cat([x, h], 1))).chunk(2, 1)
            h = (1 - u) * h + u * torch.tanh(self.c(torch.cat([x, r * h], 1)))
        return torch.stack(ys, 1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        batch, steps = sent.shape
        hidden, state = self.gru_layer(self.emb_layer(sent), state)
        logits = self.linear(hidden.reshape(batch * steps, -1))
        return logits.view(batch, steps, -1), state
