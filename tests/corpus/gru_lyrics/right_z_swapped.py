import torch
import torch.nn as nn


class GRU(nn.Module):
    """h_t = (1 - z_t) * h_{t-1} + z_t * h~_t   (see colah's blog)"""
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.Wz = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.Wr = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.W = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        batch, steps, _ = inputs.shape
        h = state[0]
        outs = []
        for t in range(steps):
            hx = torch.cat([h, inputs[:, t]], dim=1)
            z = torch.sigmoid(self.Wz(hx))
            r = torch.sigmoid(self.Wr(hx))
            h_tilde = torch.tanh(self.W(torch.cat([r * h, inputs[:, t]], dim=1)))
            h = (1 - z) * h + z * h_tilde
            outs.append(h)
        return torch.stack(outs, dim=1), h.unsqueeze(0)


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
