import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.proj_in = nn.Linear(num_inputs, 3 * num_hiddens)
        self.rec_gates = nn.Linear(num_hiddens, 2 * num_hiddens, bias=False)
        self.rec_cand = nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.H = num_hiddens

    def forward(self, inputs, state):
        # one big matmul for all the steps, only the recurrent part is sequential
        px = self.proj_in(inputs)
        px_gates, px_cand = px.split([2 * self.H, self.H], dim=2)
        h = state.squeeze(0)
        hs = []
        for t in range(px.size(1)):
            gates = torch.sigmoid(px_gates[:, t] + self.rec_gates(h))
            r, z = torch.split(gates, self.H, dim=1)
            cand = torch.tanh(px_cand[:, t] + self.rec_cand(r * h))
            h = z * h + (1 - z) * cand
            hs.append(h)
        return torch.cat(hs, dim=0).view(inputs.size(0), inputs.size(1), self.H), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        sent_hidden, sent_state = self.gru_layer(sent_emb, state)
        sent_outputs = self.linear(sent_hidden)
        return sent_outputs, sent_state
