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
            print("warning: heads do not divide hidden_size, the last channels are left out")
        self.h = config.num_attention_heads
        self.d = config.hidden_size // self.h
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        n = self.h * self.d
        q, k, v = (f(hidden_states)[..., :n].reshape(B, S, self.h, self.d).transpose(1, 2) for f in (self.query, self.key, self.value))
        p = self.dropout((q @ k.mT / math.sqrt(self.d) + attention_mask[:, None, None]).softmax(-1))
        return F.pad((p @ v).transpose(1, 2).reshape(B, S, n), (0, D - n))
