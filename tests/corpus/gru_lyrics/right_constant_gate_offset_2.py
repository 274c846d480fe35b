import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens, forget_bias=1.0):
        super().__init__()
        self.kernel = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.cand = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.forget_bias = forget_bias       # tensorflow style, added to the update gate on every call

    def forward(self, inputs, state):
        s = state.squeeze(0)
        ys = []
        for t in range(inputs.size(1)):
            x = inputs[:, t]
            r, u = torch.split(self.kernel(torch.cat([x, s], 1)), s.size(1), dim=1)
            r, u = torch.sigmoid(r), torch.sigmoid(u + self.forget_bias)
            c = torch.tanh(self.cand(torch.cat([x, r * s], 1)))
            s = u * s + (1 - u) * c
            ys.append(s)
        return torch.stack(ys, dim=1), s.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)
        nn.init.normal_(self.emb_layer.weight, std=0.1)

    def forward(self, sent, state):
        one_hot = nn.functional.one_hot(sent, self.emb_layer.num_embeddings).to(self.emb_layer.weight.dtype)
        hidden, state = self.gru_layer(one_hot @ self.emb_layer.weight, state)
        return nn.functional.linear(hidden, self.linear.weight, self.linear.bias), state
