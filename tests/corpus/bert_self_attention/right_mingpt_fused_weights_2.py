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
            raise ValueError('n_embd %% n_head != 0: %d, %d' % (config.hidden_size, config.num_attention_heads))
        for name in ('query', 'key', 'value'):
            setattr(self, name, nn.Linear(config.hidden_size, config.hidden_size))
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.n_head, self.n_embd = config.num_attention_heads, config.hidden_size

    def c_attn(self, x):
        mods = (self.query, self.key, self.value)
        return F.linear(x, torch.cat([m.weight for m in mods]), torch.cat([m.bias for m in mods]))

    def forward(self, hidden_states, attention_mask):
        B, T, C = hidden_states.size()
        q, k, v = self.c_attn(hidden_states).split(self.n_embd, dim=2)
        k = k.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)  # (B, nh, T, hs)
        q = q.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        v = v.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
        att += attention_mask.view(B, 1, 1, T)
        att = F.softmax(att, dim=-1)
        att = self.dropout(att)
        return (att @ v).transpose(1, 2).contiguous().view(B, T, C)
