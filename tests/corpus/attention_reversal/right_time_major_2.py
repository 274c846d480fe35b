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
        mem = enc_hidden.transpose(0, 1)                       # S,B,H
        if is_first_step:
            state = self.mlp1(mem).mean(0, keepdim=True)       # 1,B,H
        logits = []
        for y in dec_y.split(1, dim=1):
            score = (mem * state).sum(2, keepdim=True)         # S,B,1
            alpha = torch.softmax(score, dim=0)
            ctx = (alpha * mem).sum(0)                         # B,H
            x = torch.cat((ctx.unsqueeze(1), self.emb_layer(y)), 2)
            out, state = self.decoder(x, state)
            logits += [self.mlp2(out)]
        return torch.cat(logits, 1), state
