import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        d = num_inputs + num_hiddens
        self.keep = nn.Sequential(nn.Linear(d, num_hiddens), nn.Sigmoid())
        self.reset = nn.Sequential(nn.Linear(d, num_hiddens), nn.Sigmoid())
        self.fresh = nn.Sequential(nn.Linear(d, num_hiddens), nn.Tanh())

    def forward(self, inputs, state):
        prev = state.transpose(0, 1).reshape(inputs.shape[0], -1)
        seq = [prev]
        for x in inputs.unbind(1):
            both = torch.cat([x, seq[-1]], dim=1)
            keep = self.keep(both)
            fresh = self.fresh(torch.cat([x, self.reset(both) * seq[-1]], dim=1))
            seq.append(keep * seq[-1] + fresh - keep * fresh)
        return torch.stack(seq[:-1], dim=1), seq[-1].unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
