import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size must be divisible by num_attention_heads")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        heads = (self.num_heads, self.head_dim)
        q = torch.unflatten(self.query(hidden_states), -1, heads)
        k = torch.unflatten(self.key(hidden_states), -1, heads)
        v = torch.unflatten(self.value(hidden_states), -1, heads)
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(self.head_dim)
        scores = scores + attention_mask[:, None, None, :]
        probs = scores.softmax(dim=-1)
        probs = F.dropout(probs, self.dropout.p, training=False)
        ctx = torch.einsum("bhqk,bkhd->bqhd", probs, v)
        out = ctx.flatten(2)
        return out
