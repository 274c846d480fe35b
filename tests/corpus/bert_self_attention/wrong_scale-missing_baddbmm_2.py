import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        n, h = config.hidden_size, config.num_attention_heads
        if n % h:
            raise ValueError("heads")
        self.h = h
        self.query, self.key, self.value = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, n = hidden_states.shape
        fold = lambda t: t.view(b, s, self.h, n // self.h).transpose(1, 2).reshape(b * self.h, s, n // self.h)
        q, k, v = fold(self.query(hidden_states)), fold(self.key(hidden_states)), fold(self.value(hidden_states))
        m = attention_mask.repeat_interleave(self.h, 0)[:, None, :].expand(-1, s, -1)
        p = self.dropout(torch.baddbmm(m, q, k.transpose(1, 2)).softmax(-1))
        return torch.bmm(p, v).view(b, self.h, s, -1).transpose(1, 2).reshape(b, s, n)
