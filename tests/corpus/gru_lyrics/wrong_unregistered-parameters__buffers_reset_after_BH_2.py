import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.register_buffer('wi', torch.randn(num_inputs, 3 * num_hiddens) * .1)
        self.register_buffer('wh', torch.randn(num_hiddens, 3 * num_hiddens) * .1)
        self.register_buffer('wbi', torch.zeros(3 * num_hiddens))
        self.register_buffer('wbh', torch.zeros(3 * num_hiddens))

    def forward(self, inputs, state):
        ys = []
        for x in inputs.unbind(1):
            a, b, c = (x @ self.wi + self.wbi).chunk(3, 1)
            d, e, f = (state @ self.wh + self.wbh).chunk(3, 1)
            z = torch.sigmoid(b + e)
            n = torch.tanh(c + torch.sigmoid(a + d) * f)
            state = z * state + (1 - z) * n
            ys.append(state)
        return torch.stack(ys, 1), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        self.dropout = nn.Dropout(0.0)

    def forward(self, sent, state):
        emb = self.dropout(self.emb_layer(sent))
        hidden, last = self.gru_layer(emb, state)
        return self.linear(self.dropout(hidden)), last
