import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.h = config.num_attention_heads
        self.d, rest = divmod(config.hidden_size, self.h)
        if rest != 0:
            raise ValueError(rest)
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def _head(self, layer, i, x):
        rows = slice(i * self.d, (i + 1) * self.d)
        return torch.matmul(x, layer.weight[rows].t()) + layer.bias[rows]

    def forward(self, hidden_states, attention_mask):
        heads = []
        for i in range(self.h):
            q, k, v = (self._head(l, i, hidden_states) for l in (self.query, self.key, self.value))
            s = torch.bmm(q * self.d ** -0.5, k.mT)
            s = s + attention_mask.unsqueeze(1)
            heads.append(torch.bmm(self.dropout(s.softmax(2)), v))
        return torch.cat(heads, dim=2)
