import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

def my_softmax(x):
    """numerically stable softmax over the last axis"""
    z = x.clone()
    z -= x.max(dim=-1, keepdim=True).values
    e = z.exp()
    return e / e.sum(-1, keepdim=True)


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
        B, T = dec_y.size()
        S, H = enc_hidden.size()[1:]
        if is_first_step:
            cur = self.mlp1(enc_hidden.reshape(B * S, H)).view(B, S, H).sum(1).div_(S)
        else:
            cur = state.view(B, H)
        out = enc_hidden.new_empty(B, T, H)
        emb = self.emb_layer(dec_y)
        for t in range(T):
            w = my_softmax((enc_hidden * cur[:, None, :]).sum(-1))
            ctx = (w[:, :, None] * enc_hidden).sum(1)
            step_in = enc_hidden.new_empty(B, 1, emb.size(2) + H)
            step_in[:, 0, :emb.size(2)] = emb[:, t]
            step_in[:, 0, emb.size(2):] = ctx
            o, s = self.decoder(step_in, cur.unsqueeze(0))
            cur = s.squeeze(0)
            out[:, t] = o.squeeze(1)
        return self.mlp2(out), cur.unsqueeze(0)
