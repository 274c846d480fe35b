import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        D, h = config.hidden_size, config.num_attention_heads
        if D % h != 0:
            raise ValueError('The hidden size is not a multiple of the number of heads')
        self.shape = (h, D // h, D)
        self.query = nn.Linear(D, D)
        self.key = nn.Linear(D, D)
        self.value = nn.Linear(D, D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def per_head(self, lin, x):
        h, d, D = self.shape
        return torch.einsum('bsk,hdk->hbsd', x, lin.weight.view(h, d, D)) + lin.bias.view(h, 1, 1, d)

    def forward(self, hidden_states, attention_mask):
        q, k, v = (self.per_head(l, hidden_states) for l in (self.query, self.key, self.value))
        w = torch.einsum('hbid,hbjd->hbij', q, k).div(math.sqrt(self.shape[1]))
        w = self.dropout((w + attention_mask[None, :, None, :]).softmax(-1))
        out = torch.einsum('hbij,hbjd->bihd', w, v)
        return out.reshape(hidden_states.shape)
