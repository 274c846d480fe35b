import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super(BertSelfAttention, self).__init__()
        D, H = config.hidden_size, config.num_attention_heads
        if D % H:
            raise ValueError(f"D={D} H={H}")
        self.H = H
        self.quarter = (D // H) ** -0.25
        self.query = nn.Linear(D, D)
        self.key = nn.Linear(D, D)
        self.value = nn.Linear(D, D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, _ = hidden_states.shape
        q = (self.query(hidden_states) * self.quarter).view(B, S, self.H, -1).permute(0, 2, 1, 3)
        k = (self.key(hidden_states) * self.quarter).view(B, S, self.H, -1).permute(0, 2, 3, 1)
        v = self.value(hidden_states).view(B, S, self.H, -1).permute(0, 2, 1, 3)
        logp = F.log_softmax(q @ k + attention_mask.unsqueeze(1).unsqueeze(1), dim=-1)
        return (self.dropout(logp.exp()) @ v).permute(0, 2, 1, 3).flatten(2, 3)
