import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.a = nn.Linear(num_inputs, 2 * num_hiddens)
        self.b = nn.Linear(num_hiddens, 2 * num_hiddens)

    def forward(self, inputs, state):
        hs = [state[0]]
        for x in self.a(inputs).unbind(1):
            z, n = (x + self.b(hs[-1])).chunk(2, 1)
            hs.append(torch.lerp(torch.relu(n), hs[-1], torch.sigmoid(z)))
        return torch.stack(hs, 1)[:, :-1], hs[-1].unsqueeze(0)


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
