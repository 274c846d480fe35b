import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.in_ = nn.Linear(num_inputs, 3 * num_hiddens)
        self.rec = nn.Parameter(torch.eye(num_hiddens).repeat(3, 1, 1))

    def states(self):
        """coroutine: send it a row of inputs, get the next state"""
        h = yield
        while True:
            a = yield h
            z, r, n = a.chunk(3, -1)
            z = torch.sigmoid(z + h @ self.rec[0])
            r = torch.sigmoid(r + h @ self.rec[1])
            n = torch.tanh(n + (h * r) @ self.rec[2])
            h = h * (1 - z) + n * z

    def forward(self, inputs, state):
        machine = self.states()
        next(machine)
        machine.send(state[0])
        hs = []
        try:
            for a in self.in_(inputs).unbind(1):
                hs.append(machine.send(a))
        finally:
            machine.close()
        return torch.stack(hs, 1), hs[-1][None]


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
