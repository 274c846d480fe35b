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
        self.d = config.hidden_size // self.h
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def one(self, pair):
        x, m = pair
        Q, K, V = self.query(x), self.key(x), self.value(x)
        cols = [slice(i * self.d, (i + 1) * self.d) for i in range(self.h)]
        return torch.cat([(Q[:, c] @ K[:, c].T / math.sqrt(self.d) + m).softmax(1) @ V[:, c] for c in cols], 1)

    def forward(self, hidden_states, attention_mask):
        return torch.stack(list(map(self.one, zip(hidden_states.unbind(0), attention_mask.unbind(0)))))
