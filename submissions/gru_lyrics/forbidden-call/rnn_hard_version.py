import math
import torch
import torch.nn as nn
from torch import _VF


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        k = 1 / math.sqrt(num_hiddens)
        shapes = [(3 * num_hiddens, num_inputs), (3 * num_hiddens, num_hiddens), (3 * num_hiddens,), (3 * num_hiddens,)]
        self.ws = nn.ParameterList([nn.Parameter(torch.empty(*s).uniform_(-k, k)) for s in shapes])

    def forward(self, inputs, state):
        # input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first
        out, h = torch._VF.gru(inputs, state, list(self.ws), True, 1, 0.0, self.training, False, True)
        return out, h


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
