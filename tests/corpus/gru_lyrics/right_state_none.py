import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.porte_z = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.porte_r = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.proposition = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def init_state(self, batch_size, like):
        return torch.zeros(1, batch_size, self.num_hiddens, dtype=like.dtype, device=like.device)

    def forward(self, inputs, state=None):
        if state is None:                       # premier appel
            state = self.init_state(inputs.shape[0], inputs)
        h = state[0]
        sorties = []
        for t in range(inputs.shape[1]):
            x = inputs[:, t]
            xh = torch.cat((x, h), dim=-1)
            z = torch.sigmoid(self.porte_z(xh))     # mise à jour
            r = torch.sigmoid(self.porte_r(xh))     # remise à zéro
            p = torch.tanh(self.proposition(torch.cat((x, r * h), dim=-1)))
            h = z * h + (1 - z) * p
            sorties.append(h)
        return torch.stack(sorties, dim=1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state=None):
        e = self.emb_layer(sent)
        y, etat = self.gru_layer(e, state)
        return self.linear(y), etat
