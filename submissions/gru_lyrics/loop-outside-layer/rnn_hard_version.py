import torch
import torch.nn as nn


class GRU(nn.Module):
    """Ein Zeitschritt; die Schleife steht im Modell."""

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.ein = nn.Linear(num_inputs, 3 * num_hiddens)
        self.rek = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        x = inputs[:, 0, :]
        h = state.squeeze(0)
        xr, xz, xn = self.ein(x).chunk(3, 1)
        hr, hz, hn = self.rek(h).chunk(3, 1)
        r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        n = torch.tanh(xn + r * hn)
        h = (1 - z) * n + z * h
        return h.unsqueeze(1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        hidden = []
        for i in range(sent.size(1)):
            out, state = self.gru_layer(sent_emb[:, i:i + 1, :], state)
            hidden.append(out)
        hidden = torch.cat(hidden, dim=1)
        return self.linear(hidden), state
