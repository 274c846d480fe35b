import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def transpose_qkv(X, num_heads):
    X = X.reshape(X.shape[0], X.shape[1], num_heads, -1)
    X = X.permute(0, 2, 1, 3)
    return X.reshape(-1, X.shape[2], X.shape[3])


def transpose_output(X, num_heads):
    X = X.reshape(-1, num_heads, X.shape[1], X.shape[2])
    X = X.permute(0, 2, 1, 3)
    return X.reshape(X.shape[0], X.shape[1], -1)


class BertSelfAttention(nn.Module):
    def __init__(self, config, **kwargs):
        super().__init__(**kwargs)
        d, h = config.hidden_size, config.num_attention_heads
        if d % h:
            raise ValueError("num_hiddens must be divisible by num_heads")
        self.num_heads = h
        self.query = nn.Linear(d, d, bias=True)
        self.key = nn.Linear(d, d, bias=True)
        self.value = nn.Linear(d, d, bias=True)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        queries = transpose_qkv(self.query(hidden_states), self.num_heads)
        keys = transpose_qkv(self.key(hidden_states), self.num_heads)
        values = transpose_qkv(self.value(hidden_states), self.num_heads)
        m = torch.repeat_interleave(attention_mask, repeats=self.num_heads, dim=0)
        scores = torch.bmm(queries, keys.transpose(1, 2)) / math.sqrt(queries.shape[-1]) + m.unsqueeze(1)
        self.attention_weights = F.softmax(scores, dim=-1)
        return transpose_output(torch.bmm(self.dropout(self.attention_weights), values), self.num_heads)
