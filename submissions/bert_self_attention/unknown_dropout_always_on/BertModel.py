import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size must be divisible by num_attention_heads")
        self.h = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.dropout_prob = config.attention_probs_dropout_prob

    def forward(self, hidden_states, attention_mask):
        b, s, d = hidden_states.shape
        q = self.query(hidden_states).view(b, s, self.h, d // self.h)
        k = self.key(hidden_states).view(b, s, self.h, d // self.h)
        v = self.value(hidden_states).view(b, s, self.h, d // self.h)
        a = torch.einsum('bxhd,byhd->bhxy', q, k) / math.sqrt(d // self.h)
        a = F.softmax(a + attention_mask[:, None, None, :], dim=-1)
        a = F.dropout(a, self.dropout_prob)
        return torch.einsum('bhxy,byhd->bxhd', a, v).reshape(b, s, d)
