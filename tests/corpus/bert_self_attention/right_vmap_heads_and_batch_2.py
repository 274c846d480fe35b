import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads > 0:
            raise ValueError("heads must divide width")
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        def single(q, k, v, m):                 # (S,d) (S,d) (S,d) (S,)
            logits = q @ k.T * (q.shape[-1] ** -0.5) + m
            return self.dropout(logits.softmax(-1)) @ v

        over_heads = torch.func.vmap(single, in_dims=(1, 1, 1, None), out_dims=1, randomness="different")
        over_batch = torch.func.vmap(over_heads, in_dims=0, out_dims=0, randomness="different")
        split = lambda t: t.unflatten(-1, (self.heads, -1))
        out = over_batch(split(self.query(hidden_states)), split(self.key(hidden_states)), split(self.value(hidden_states)), attention_mask)
        return out.flatten(-2)
