import torch
import torch.nn as nn
import torch.nn.functional as F

UPDATE, RESET, CAND = 0, 1, 2


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.inp = nn.ModuleList(nn.Linear(num_inputs, num_hiddens) for _ in range(3))
        self.hid = nn.ModuleList(nn.Linear(num_hiddens, num_hiddens) for _ in range(3))

    def forward(self, inputs, state):
        h = state.squeeze(0)
        history = []
        for x in inputs.permute(1, 0, 2):
            z, r = (torch.sigmoid(self.inp[k](x) + self.hid[k](h)) for k in (UPDATE, RESET))
            n = self.inp[CAND](x) + self.hid[CAND](r * h)
            h = z * h + (1 - z) * n
            history.append(h)
        return torch.stack(history).permute(1, 0, 2), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
