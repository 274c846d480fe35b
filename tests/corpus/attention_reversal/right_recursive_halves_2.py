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
        n = dec_y.size(1)
        if n > 1:
            k = n // 2
            left, state = self.decode(dec_y[:, :k], enc_hidden, state, is_first_step)
            right, state = self.decode(dec_y[:, k:], enc_hidden, state, False)
            return torch.cat([left, right], dim=1), state

        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1)[None, :, :]
        q = state.transpose(0, 1)
        alpha = self.softmax(torch.matmul(q, enc_hidden.transpose(-1, -2)))
        x = torch.cat((torch.matmul(alpha, enc_hidden), self.emb_layer(dec_y)), dim=-1)
        y, state = self.decoder(x, state)
        return self.mlp2(y), state
