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
        # keys and values are the same tensor
        KV = enc_hidden
        start = torch.stack((self.mlp1(KV),)).mean(2) if is_first_step else state   # (1,B,H)
        carry = (start, [])
        for emb in self.emb_layer(dec_y).chunk(dec_y.size(1), 1):
            h, ys = carry
            s = KV @ h[0].unsqueeze(-1)
            e = torch.exp(s - s.amax(dim=-2, keepdim=True))
            ctx = (e * KV).sum(-2, keepdim=True) / e.sum(-2, keepdim=True)
            y, h = self.decoder(torch.cat((ctx, emb), dim=-1), h)
            carry = (h, ys + [y])
        h, ys = carry
        return self.mlp2(torch.cat(ys, 1)), h
