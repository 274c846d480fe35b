import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class GRU(nn.Module):
    """Same parametrisation as PyTorch: gates ordered r, z, n and two bias vectors."""

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.input_size = num_inputs
        self.hidden_size = num_hiddens
        self.weight_ih = nn.Parameter(torch.empty(3 * num_hiddens, num_inputs))
        self.weight_hh = nn.Parameter(torch.empty(3 * num_hiddens, num_hiddens))
        self.bias_ih = nn.Parameter(torch.empty(3 * num_hiddens))
        self.bias_hh = nn.Parameter(torch.empty(3 * num_hiddens))
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / math.sqrt(self.hidden_size)
        for p in self.parameters():
            nn.init.uniform_(p, -stdv, stdv)

    def forward(self, inputs, state):
        h = state[0]
        outputs = []
        for t in reversed(range(inputs.size(1))):
            gi = F.linear(inputs[:, t, :], self.weight_ih, self.bias_ih)
            gh = F.linear(h, self.weight_hh, self.bias_hh)
            i_r, i_z, i_n = gi.chunk(3, 1)
            h_r, h_z, h_n = gh.chunk(3, 1)
            resetgate = torch.sigmoid(i_r + h_r)
            updategate = torch.sigmoid(i_z + h_z)
            newgate = torch.tanh(i_n + resetgate * h_n)
            h = newgate + updategate * (h - newgate)
            outputs.append(h)
        return torch.stack(outputs[::-1], dim=1), h.unsqueeze(0)


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
