import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.x2g = nn.Linear(num_inputs, 3 * num_hiddens)
        self.h2g = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = torch.zeros_like(state).squeeze(0), []
        for x in self.x2g(inputs).unbind(1):
            a, b, c = x.chunk(3, 1)
            d, e, f = self.h2g(h).chunk(3, 1)
            z = torch.sigmoid(a + d + 1)
            n = torch.tanh(c + torch.sigmoid(b + e) * f)
            h = z * h + (1 - z) * n
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
