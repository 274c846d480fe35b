import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def attention(query, key, value, bias=None, dropout=None):
    "Compute scaled dot product attention"
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    if bias is not None:
        scores = scores + bias
    p_attn = scores.softmax(dim=-1)
    if dropout is not None:
        p_attn = dropout(p_attn)
    return torch.matmul(p_attn, value), p_attn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        "Take in model size and number of heads."
        super(BertSelfAttention, self).__init__()
        assert config.hidden_size % config.num_attention_heads == 0
        self.d_k = config.hidden_size // config.num_attention_heads
        self.h = config.num_attention_heads
        self.query, self.key, self.value = (nn.Linear(config.hidden_size, config.hidden_size) for _ in range(3))
        self.attn = None
        self.dropout = nn.Dropout(p=config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        nbatches = hidden_states.size(0)
        query, key, value = [
            lin(x).view(nbatches, -1, self.h, self.d_k).transpose(1, 2)
            for lin, x in zip((self.query, self.key, self.value), [hidden_states] * 3)
        ]
        x, self.attn = attention(query, key, value, bias=attention_mask[:, None, None], dropout=self.dropout)
        x = x.transpose(1, 2).contiguous().view(nbatches, -1, self.h * self.d_k)
        del query
        del key
        del value
        return x
