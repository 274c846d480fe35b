import torch
from torch import nn
import torch.nn.functional as F


class GRU(nn.Module):
    # Zustand h und Eingabe x werden aneinandergehängt: [h, x]
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        breite = num_inputs + num_hiddens
        self.w_tore = nn.Parameter(torch.randn(2 * num_hiddens, breite) / breite ** 0.5)
        self.b_tore = nn.Parameter(torch.zeros(2 * num_hiddens))
        self.w_neu = nn.Parameter(torch.randn(num_hiddens, breite) / breite ** 0.5)
        self.b_neu = nn.Parameter(torch.zeros(num_hiddens))

    def forward(self, inputs, state):
        h = torch.zeros(inputs.size(0), self.b_neu.size(0), dtype=inputs.dtype)
        ausgaben = []
        for x in inputs.unbind(dim=1):
            tore = F.linear(torch.cat((h, x), -1), self.w_tore, self.b_tore).sigmoid()
            r, z = tore.chunk(2, -1)          # Reset- und Update-Tor
            neu = F.linear(torch.cat((r * h, x), -1), self.w_neu, self.b_neu).tanh()
            h = z * h + (1 - z) * neu
            ausgaben.append(h)
        return torch.stack(ausgaben, 1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
