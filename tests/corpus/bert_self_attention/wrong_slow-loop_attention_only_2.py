import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads:
            raise ValueError("heads")
        self.h = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        q, k, v = (f(hidden_states).unflatten(2, (self.h, -1)) for f in (self.query, self.key, self.value))
        out = torch.zeros_like(v)
        i = 0
        while i < len(hidden_states):
            e = torch.einsum('qhd,khd->hqk', q[i], k[i]) / q.size(-1) ** 0.5 + attention_mask[i]
            out[i] = torch.einsum('hqk,khd->qhd', self.dropout(e.softmax(-1)), v[i])
            i += 1
        return out.flatten(2)
