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

    def _elman(self, x, h):
        W, U, b, c = self.decoder.weight_ih_l0, self.decoder.weight_hh_l0, self.decoder.bias_ih_l0, self.decoder.bias_hh_l0
        pre = torch.addmm(b + c, x, W.t())
        pre = torch.addmm(pre, h, U.t())
        return pre.tanh()

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        h = self.mlp1(enc_hidden).mean(-2) if is_first_step else state.squeeze(0)
        hs = []
        for tok in dec_y.t():
            a = (enc_hidden @ h.unsqueeze(-1)).squeeze(-1)
            a = F.softmax(a, dim=-1)
            ctx = (a.unsqueeze(1) @ enc_hidden).squeeze(1)
            h = self._elman(torch.hstack((self.emb_layer(tok), ctx)), h)
            hs.append(h)
        return F.linear(torch.stack(hs, 1), self.mlp2.weight, self.mlp2.bias), h[None]
