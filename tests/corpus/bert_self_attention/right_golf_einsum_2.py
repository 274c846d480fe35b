import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(s, c):
        super().__init__(); D, s.h = c.hidden_size, c.num_attention_heads
        if D % s.h: raise ValueError
        s.query, s.key, s.value, s.dropout = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D), nn.Dropout(c.attention_probs_dropout_prob)

    def forward(s, hidden_states, attention_mask):
        q, k, v = (f(hidden_states).unflatten(2, (s.h, -1)) for f in (s.query, s.key, s.value))
        return torch.einsum('bhij,bjhd->bihd', s.dropout((torch.einsum('bihd,bjhd->bhij', q, k) / q.size(3) ** .5 + attention_mask[:, None, None]).softmax(3)), v).flatten(2)
