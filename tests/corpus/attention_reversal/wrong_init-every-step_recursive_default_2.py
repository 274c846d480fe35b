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
        if dec_y.size(1) > 1:
            parts = []
            for i in range(dec_y.size(1)):
                if i == 0:
                    lg, state = self.decode(dec_y[:, i:i + 1], enc_hidden, state, is_first_step)
                else:
                    lg, state = self.decode(dec_y[:, i:i + 1], enc_hidden, state)
                parts.append(lg)
            return torch.cat(parts, 1), state
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1).unsqueeze(0)
        a = self.softmax(state.transpose(0, 1) @ enc_hidden.transpose(1, 2))
        o, state = self.decoder(torch.cat([self.emb_layer(dec_y), a @ enc_hidden], -1), state)
        return self.mlp2(o), state
