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
            raise ValueError
        self.heads = config.num_attention_heads
        self.dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, 1, self.heads, self.dim)
        k = self.key(hidden_states).view(B, 1, S, self.heads, self.dim)
        v = self.value(hidden_states).view(B, 1, S, self.heads, self.dim)
        e = (q * k).sum(-1) / math.sqrt(self.dim)            # B, Sq, Sk, h
        e = e + attention_mask.view(B, 1, S, 1)
        a = self.dropout(e.softmax(dim=2)).unsqueeze(-1)     # over Sk
        return (a * v).sum(2).view(B, S, D)
