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
        r = self.decoder
        h = self.mlp1(enc_hidden).mean(1) if is_first_step else state[0]
        hs = []
        for x in self.emb_layer(dec_y).unbind(1):
            p = torch.softmax(torch.einsum('bh,bsh->bs', h, enc_hidden), 1)
            x = torch.cat([x, torch.einsum('bs,bsh->bh', p, enc_hidden)], 1)
            h = torch.tanh(F.linear(x, r.weight_ih_l0, r.bias_ih_l0) + F.linear(h, r.weight_hh_l0))
            hs.append(h)
        return self.mlp2(torch.stack(hs, 1)), h[None]
