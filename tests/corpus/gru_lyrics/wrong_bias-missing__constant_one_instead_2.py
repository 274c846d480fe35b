import torch
from torch import nn


class GRU(nn.Module):
    """forget bias 1 on the update gate, as a fixed number"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3, num_inputs, num_hiddens) * .2)
        self.U = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens) * .2)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z = torch.sigmoid(x @ self.W[0] + h @ self.U[0] + 1.0)
            r = torch.sigmoid(x @ self.W[1] + h @ self.U[1])
            n = torch.tanh(x @ self.W[2] + (r * h) @ self.U[2])
            h = z * h + (1 - z) * n
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
