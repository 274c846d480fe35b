import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.n, self.h = config.hidden_size, config.num_attention_heads
        if self.n % self.h:
            raise ValueError(self.h)
        self.query, self.key, self.value = [nn.Linear(self.n, self.n) for _ in "qkv"]
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, n = hidden_states.shape
        fold = lambda t: torch.cat(t.chunk(self.h, 2), 1).view(b * self.h, s, -1)
        q, k, v = (fold(l(hidden_states)) for l in (self.query, self.key, self.value))
        e = torch.bmm(q, k.mT) * (n // self.h) ** -0.5 + attention_mask.repeat_interleave(self.h, 0).unsqueeze(1)
        return torch.bmm(self.dropout(e.softmax(2)), v).view(b, s, n)
