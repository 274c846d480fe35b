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

    def _one(self, x, m):
        q, k, v = (f(x).unflatten(1, (self.h, -1)).transpose(0, 1) for f in (self.query, self.key, self.value))
        p = self.dropout((q @ k.mT / math.sqrt(q.size(-1)) + m).softmax(-1))
        return (p @ v).transpose(0, 1).flatten(1)

    def forward(self, hidden_states, attention_mask):
        return torch.stack([self._one(x, m) for x, m in zip(hidden_states, attention_mask)])
