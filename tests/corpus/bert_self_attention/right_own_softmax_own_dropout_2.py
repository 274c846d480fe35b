import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def stable_softmax(x, axis=-1):
    x = x - x.amax(axis, keepdim=True).detach()
    ex = torch.exp(x)
    return ex / ex.sum(axis, keepdim=True)


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        n, h = config.hidden_size, config.num_attention_heads
        if (n % h) != 0:
            raise ValueError('%d %% %d' % (n, h))
        self.h, self.dk = h, n // h
        self.query, self.key, self.value = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def drop(self, p):
        rate = self.dropout.p
        if not self.training or rate == 0:
            return p
        keep = (torch.rand_like(p) >= rate).to(p.dtype)
        return p * keep / (1 - rate)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        Q, K, V = [L(hidden_states).reshape(B, S, self.h, self.dk).swapaxes(1, 2) for L in [self.query, self.key, self.value]]
        E = Q.matmul(K.swapaxes(-1, -2)) / self.dk ** 0.5
        A = self.drop(stable_softmax(E + attention_mask.reshape(B, 1, 1, S)))
        return A.matmul(V).swapaxes(1, 2).reshape(B, S, D)
