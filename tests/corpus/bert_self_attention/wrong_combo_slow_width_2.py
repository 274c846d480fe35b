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
        self.h, self.D = config.num_attention_heads, config.hidden_size
        self.query = nn.Linear(self.D, self.D)
        self.key = nn.Linear(self.D, self.D)
        self.value = nn.Linear(self.D, self.D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        rows = []
        for b in range(hidden_states.shape[0]):
            x = hidden_states[b]
            q, k, v = (f(x).view(-1, self.h, self.D // self.h).permute(1, 0, 2) for f in (self.query, self.key, self.value))
            a = F.softmax(torch.bmm(q, k.mT) / math.sqrt(self.D) + attention_mask[b], dim=-1)
            rows.append(torch.bmm(self.dropout(a), v).permute(1, 0, 2).reshape(-1, self.D))
        return torch.stack(rows, 0)
