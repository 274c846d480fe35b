import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        enc_emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(enc_emb, state)
        return enc_hidden, state

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        if is_first_step:
            h = self.mlp1(enc_hidden).narrow(1, enc_hidden.size(1) - 1, 1).squeeze(1)
        else:
            h = state[0]
        cell = list(self.decoder.parameters())
        logits = []
        for x in self.emb_layer(dec_y).unbind(1):
            score = torch.einsum("bh,bsh->bs", h, enc_hidden)
            weights = torch.softmax(score, 1)
            context = (weights.unsqueeze(-1) * enc_hidden).sum(1)
            h = torch.rnn_tanh_cell(torch.cat((context, x), dim=1), h, *cell)
            logits.append(self.mlp2(h))
        return torch.stack(logits, dim=1), h.unsqueeze(0)
