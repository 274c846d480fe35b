import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    """ my own cell, the name is a coincidence """
    def __init__(self, input_size, hidden_size):
        super(GRUCell, self).__init__()
        self.i2h = nn.Linear(input_size, 3 * hidden_size)
        self.h2h = nn.Linear(hidden_size, 3 * hidden_size)

    def forward(self, x, hidden):
        xr, xz, xn = self.i2h(x).chunk(3, dim=-1)
        hr, hz, hn = self.h2h(hidden).chunk(3, dim=-1)
        resetgate = F.sigmoid(xr + hr)
        inputgate = F.sigmoid(xz + hz)
        newgate = F.tanh(xn + resetgate * hn)
        return newgate + inputgate * (hidden - newgate)


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.cell = GRUCell(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        hx = state.squeeze(0)
        outs = []
        for seq in range(inputs.size(1)):
            hx = self.cell(inputs[:, seq, :], hx)
            outs.append(hx)
        return torch.stack(outs, dim=1), hx.unsqueeze(0)


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
