import torch
from torch import nn
import torch.nn.functional as F
class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_hiddens
        self.n = n
        self.x = nn.Linear(num_inputs, 3 * n)
        self.h = nn.Linear(n, 3 * n, bias=True)
    def forward(self, x, state):
        h = state.squeeze(0)
        out = []
        for t in range(x.size(1)):
            a, b, c = self.x(x[:, t]).chunk(3, 1)
            d, e, f = self.h(h).chunk(3, 1)
            r, z = torch.sigmoid(a + d), torch.sigmoid(b + e)
            h = z * h + (1 - z) * torch.tanh(c + r * f)
            out.append(h)
        return torch.stack(out, 1), h.unsqueeze(0)

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size, padding_idx=0)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
