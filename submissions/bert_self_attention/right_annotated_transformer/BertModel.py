import math
import torch
import torch.nn as nn
from torch.nn.functional import softmax


def attention(query, key, value, mask=None, dropout=None):
    "Compute 'Scaled Dot Product Attention'"
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    if mask is not None:
        scores = scores + mask
    p_attn = softmax(scores, dim=-1)
    if dropout is not None:
        p_attn = dropout(p_attn)
    return torch.matmul(p_attn, value), p_attn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        "Take in model size and number of heads."
        super(BertSelfAttention, self).__init__()
        h, d_model = config.num_attention_heads, config.hidden_size
        assert d_model % h == 0
        # We assume d_v always equals d_k
        self.d_k = d_model // h
        self.h = h
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.attn = None
        self.dropout = nn.Dropout(p=config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask=None):
        mask = attention_mask
        if mask is not None:
            # Same mask applied to all h heads and all queries.
            mask = mask.unsqueeze(1).unsqueeze(1)
        nbatches = hidden_states.size(0)

        # 1) Do all the linear projections in batch from d_model => h x d_k
        query, key, value = [
            lin(x).view(nbatches, -1, self.h, self.d_k).transpose(1, 2)
            for lin, x in zip((self.query, self.key, self.value), (hidden_states,) * 3)
        ]

        # 2) Apply attention on all the projected vectors in batch.
        x, self.attn = attention(query, key, value, mask=mask, dropout=self.dropout)

        # 3) "Concat" using a view.
        x = x.transpose(1, 2).contiguous().view(nbatches, -1, self.h * self.d_k)
        del query
        del key
        del value
        return x
