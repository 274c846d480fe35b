import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden, heads = config.hidden_size, config.num_attention_heads
        if hidden // heads * heads != hidden:
            raise ValueError(f"{hidden=} {heads=}")
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.num_heads, self.head_dim = heads, hidden // heads
        self.inv_norm_factor = 1.0 / math.sqrt(self.head_dim)

    def forward(self, hidden_states, attention_mask):
        b, s, w = hidden_states.shape
        n, d = self.num_heads, self.head_dim
        q = self.query(hidden_states).view(b, s, n, d).transpose(1, 2).reshape(b * n, s, d)
        k = self.key(hidden_states).view(b, s, n, d).permute(0, 2, 3, 1).reshape(b * n, d, s)
        v = self.value(hidden_states).view(b, s, n, d).transpose(1, 2).reshape(b * n, s, d)
        bias = attention_mask[:, None, None, :].expand(b, n, s, s).reshape(b * n, s, s)
        p = torch.baddbmm(bias, q, k, beta=1.0, alpha=self.inv_norm_factor)
        p = self.dropout(F.softmax(p, dim=-1).view(b, n, s, s)).view(b * n, s, s)
        c = torch.bmm(p, v).view(b, n, s, d).permute(0, 2, 1, 3)
        return c.reshape(b, s, w)
