import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.num_inputs, self.num_hiddens = num_inputs, num_hiddens

        def param(*size):
            return nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(*size)))

        self.Wz, self.Wr, self.Wc = param(num_inputs, num_hiddens), param(num_inputs, num_hiddens), param(num_inputs, num_hiddens)
        self.Rz, self.Rr, self.Rc = param(num_hiddens, num_hiddens), param(num_hiddens, num_hiddens), param(num_hiddens, num_hiddens)
        self.bz = nn.Parameter(torch.zeros(1, num_hiddens))
        self.br = nn.Parameter(torch.zeros(1, num_hiddens))
        self.bc = nn.Parameter(torch.zeros(1, num_hiddens))

    def forward(self, inputs, state):
        B, S, _ = inputs.size()
        outputs = inputs.new_zeros(B, S, self.num_hiddens)
        h = state[0]
        for s in range(S):
            x = inputs[:, s]
            z = torch.sigmoid(x.mm(self.Wz) + h.mm(self.Rz) + self.bz)
            r = torch.sigmoid(x.mm(self.Wr) + h.mm(self.Rr) + self.br)
            c = torch.tanh(x.mm(self.Wc) + (r * h).mm(self.Rc) + self.bc)
            h = z * h + (1 - z) * c
            outputs[:, s, :] = h
        return outputs, outputs[:, -1].unsqueeze(0)


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
