import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

def _attend_one(q, mem):          # (H,), (S,H) -> (H,)
    return torch.softmax(mem.mv(q), dim=0) @ mem


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
        first = torch.func.vmap(lambda mem: self.mlp1(mem).mean(0))
        attend = torch.func.vmap(_attend_one)
        h = first(enc_hidden).unsqueeze(0) if is_first_step else state
        ys = []
        for e in torch.unbind(self.emb_layer(dec_y), dim=1):
            c = attend(h[0], enc_hidden)
            y, h = self.decoder(torch.cat([c, e], dim=-1).unsqueeze(1), h)
            ys.append(y)
        return self.mlp2(torch.cat(ys, dim=1)), h
