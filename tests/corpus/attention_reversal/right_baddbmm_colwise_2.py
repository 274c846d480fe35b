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
        B, S, H = enc_hidden.shape
        if is_first_step:
            ones = enc_hidden.new_full((B, 1, S), 1.0 / S)
            state = torch.bmm(ones, self.mlp1(enc_hidden)).transpose(0, 1).contiguous()
        dummy = enc_hidden.new_zeros(1, 1, 1)
        hidden_seq = []
        t = 0
        while t < dec_y.size(1):
            col = torch.baddbmm(dummy, enc_hidden, state.permute(1, 2, 0), beta=0, alpha=1)   # B,S,1
            row = self.softmax(col.transpose(1, 2))                                          # B,1,S
            ctx = torch.baddbmm(dummy, enc_hidden.transpose(1, 2), row.transpose(1, 2), beta=0)  # B,H,1
            x = torch.cat((self.emb_layer(dec_y.narrow(1, t, 1)), ctx.view(B, 1, H)), dim=2)
            o, state = self.decoder(x, state)
            hidden_seq.append(o)
            t += 1
        return self.mlp2(torch.cat(hidden_seq, 1)), state
