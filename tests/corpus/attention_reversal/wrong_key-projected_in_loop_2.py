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

    def _energy(self, s, mem):
        return (self.mlp1(mem) * s.transpose(0, 1)).sum(-1, keepdim=True)   # B,S,1

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        s = self.mlp1(enc_hidden).mean(1).unsqueeze(0) if is_first_step else state
        ys = []
        for e in self.emb_layer(dec_y).split(1, 1):
            w = self._energy(s, enc_hidden).softmax(1)
            y, s = self.decoder(torch.cat([e, (w * enc_hidden).sum(1, keepdim=True)], 2), s)
            ys.append(y)
        return self.mlp2(torch.cat(ys, 1)), s
