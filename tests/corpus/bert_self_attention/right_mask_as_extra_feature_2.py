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
            raise ValueError("bad number of heads")
        self.n = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        shape = (B, S, self.n, D // self.n)
        q = self.query(hidden_states).view(shape).transpose(1, 2) / math.sqrt(shape[-1])
        k = self.key(hidden_states).view(shape).transpose(1, 2)
        v = self.value(hidden_states).view(shape).transpose(1, 2)
        q = F.pad(q, (0, 1), value=1.0)
        col = attention_mask.to(k.dtype).view(B, 1, S, 1).expand(B, self.n, S, 1)
        k = torch.cat([k, col], dim=-1)
        probs = self.dropout((q @ k.transpose(2, 3)).softmax(dim=3))
        return (probs @ v).transpose(1, 2).flatten(start_dim=2)
