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

    def _mha(self, q, k, v, n_head=1):
        B, Lq, H = q.shape
        d = H // n_head
        q = q.view(B, Lq, n_head, d).transpose(1, 2)
        k = k.view(B, -1, n_head, d).transpose(1, 2)
        v = v.view(B, -1, n_head, d).transpose(1, 2)
        att = q @ k.transpose(-2, -1)
        att = F.softmax(att, dim=-1)
        y = att @ v
        return y.transpose(1, 2).contiguous().view(B, Lq, H)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        tok_emb = self.emb_layer(dec_y)
        enc_hidden = enc_hidden.contiguous()
        if is_first_step is True:
            x0 = self.mlp1(enc_hidden)
            state = x0.mean(dim=1, keepdim=True).transpose(0, 1).contiguous()
        ys = []
        for t in range(dec_y.size(1)):
            ctx = self._mha(state.transpose(0, 1).contiguous(), enc_hidden, enc_hidden)
            y, state = self.decoder(torch.cat((tok_emb[:, [t]], ctx), dim=-1), state)
            ys.append(y)
        return self.mlp2(torch.cat(ys, dim=1)), state
