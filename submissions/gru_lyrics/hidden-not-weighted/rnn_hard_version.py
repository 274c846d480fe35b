import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.update = nn.Linear(num_inputs, num_hiddens)
        self.reset = nn.Linear(num_inputs, num_hiddens)
        self.new = nn.Linear(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        h = state[0]
        outputs = []
        for t in range(inputs.shape[1]):
            x = inputs[:, t, :]
            z = torch.sigmoid(self.update(x) + h)
            r = torch.sigmoid(self.reset(x) + h)
            n = torch.tanh(self.new(x) + r * h)
            h = z * h + (1 - z) * n
            outputs.append(h)
        return torch.stack(outputs, dim=1), h.unsqueeze(0)


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
