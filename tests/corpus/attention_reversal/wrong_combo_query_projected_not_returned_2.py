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
        emb = self.emb_layer(dec_y)
        h = self.mlp1(enc_hidden).mean(1) if is_first_step else state[0]
        keep = h[None]
        outs = []
        for t in range(dec_y.size(1)):
            score = torch.einsum("bh,bsh->bs", self.mlp1(h), enc_hidden)
            weights = torch.softmax(score, 1)
            context = torch.einsum("bs,bsh->bh", weights, enc_hidden)
            o, s = self.decoder(torch.cat([emb[:, t], context], -1).unsqueeze(1), h.unsqueeze(0).contiguous())
            h = s.squeeze(0)
            outs.append(o)
        return self.mlp2(torch.cat(outs, 1)), keep
