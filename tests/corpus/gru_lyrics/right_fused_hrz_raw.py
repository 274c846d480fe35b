import math
import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        n = num_hiddens
        k = 1 / math.sqrt(n)
        self.n = n
        # columns: [candidate | reset | update]
        self.Wx = nn.Parameter(torch.empty(num_inputs, 3 * n).uniform_(-k, k))
        self.Wh = nn.Parameter(torch.empty(n, 3 * n).uniform_(-k, k))
        self.bias = nn.Parameter(torch.empty(3 * n).uniform_(-k, k))

    def forward(self, inputs, state):
        n = self.n
        h = state.view(-1, n)
        ys = []
        for t in range(inputs.shape[1]):
            gx = inputs[:, t] @ self.Wx + self.bias
            rz = torch.sigmoid(gx[:, n:] + h @ self.Wh[:, n:])
            r, z = rz[:, :n], rz[:, n:]
            c = torch.tanh(gx[:, :n] + (r * h) @ self.Wh[:, :n])
            h = z * h + (1 - z) * c
            ys.append(h.unsqueeze(1))
        return torch.cat(ys, 1), h.unsqueeze(0)


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
