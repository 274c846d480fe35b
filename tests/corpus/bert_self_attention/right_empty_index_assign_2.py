import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.hidden_size = config.hidden_size
        self.num_heads = config.num_attention_heads
        if self.hidden_size % self.num_heads:
            raise ValueError("hidden_size must be a multiple of num_attention_heads")
        self.head_size = self.hidden_size // self.num_heads
        self.query = nn.Linear(self.hidden_size, self.hidden_size)
        self.key = nn.Linear(self.hidden_size, self.hidden_size)
        self.value = nn.Linear(self.hidden_size, self.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        Q = self.query(hidden_states)
        K = self.key(hidden_states)
        V = self.value(hidden_states)
        result = torch.empty(V.shape, dtype=V.dtype, device=V.device)
        lo = 0
        for _ in range(self.num_heads):
            hi = lo + self.head_size
            scores = torch.einsum("bqd,bkd->bqk", Q[..., lo:hi], K[..., lo:hi])
            scores /= np.sqrt(self.head_size).item()
            scores += attention_mask[:, None, :]
            result[:, :, lo:hi] = self.dropout(torch.softmax(scores, -1)) @ V[..., lo:hi]
            lo = hi
        return result
