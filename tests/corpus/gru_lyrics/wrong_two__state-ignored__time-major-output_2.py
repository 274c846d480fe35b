import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 3 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0] * 0, []
        for x in self.a(inputs).transpose(0, 1):
            xr, xz, xn = x.chunk(3, 1)
            hr, hz, hn = self.b(h).chunk(3, 1)
            h = torch.lerp(h, torch.tanh(xn + torch.sigmoid(xr + hr) * hn), torch.sigmoid(xz + hz))
            ys.append(h)
        return torch.stack(ys, dim=0), h.unsqueeze(0)


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
