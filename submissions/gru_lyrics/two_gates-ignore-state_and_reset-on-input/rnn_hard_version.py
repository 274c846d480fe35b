import torch
import torch.nn as nn


class GRUCell(nn.Module):
    """One step of the recurrence, written by hand."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.x2h = nn.Linear(input_size, 3 * hidden_size)
        self.h2h = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, hidden):
        gate_x = self.x2h(x)
        gate_h = self.h2h(hidden)
        i_r, i_i, i_n = gate_x.chunk(3, 1)
        h_n = gate_h
        resetgate = torch.sigmoid(i_r)
        inputgate = torch.sigmoid(i_i)
        newgate = torch.tanh(resetgate * i_n + h_n)
        hy = newgate + inputgate * (hidden - newgate)
        return hy


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.cell = GRUCell(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        hx = state[0]
        output = []
        for i in range(inputs.size(1)):
            hx = self.cell(inputs[:, i], hx)
            output.append(hx)
        return torch.stack(output, 1), hx.unsqueeze(0)


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
