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
        self.d = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        parts = zip(*(f(hidden_states).split(self.d, -1) for f in (self.query, self.key, self.value)))
        out = []
        for q, k, v in parts:
            s = torch.bmm(q, k.transpose(1, 2)) / self.d ** 0.5 + attention_mask.unsqueeze(1)
            out.append(torch.bmm(self.dropout(F.softmax(s, dim=1)), v))
        return torch.cat(out, -1)
