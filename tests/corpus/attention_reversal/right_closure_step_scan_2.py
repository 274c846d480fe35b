import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

def scan(f: Callable, carry, xs):
    ys = []
    for x in xs:
        carry, y = f(carry, x)
        ys.append(y)
    return carry, torch.stack(ys)


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
        def cell(carry, tok):
            logit_w = (carry.unsqueeze(1) * enc_hidden).sum(-1).softmax(-1)
            ctx = logit_w.unsqueeze(-1).mul(enc_hidden).sum(1)
            _, new = self.decoder(torch.cat([self.emb_layer(tok), ctx], -1).unsqueeze(1), carry.unsqueeze(0))
            new = new.squeeze(0)
            return new, new

        if is_first_step:
            n = enc_hidden.size(1)
            init = torch.einsum('bsh->bh', self.mlp1(enc_hidden)) / n
        else:
            init = state[-1]
        last, ys = scan(cell, init, dec_y.transpose(0, 1))
        return self.mlp2(ys.transpose(0, 1)), last.unsqueeze(0)
