import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size and num_attention_heads do not fit")
        self.heads = config.num_attention_heads
        self.dim_head = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, _ = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.heads, self.dim_head).permute(0, 2, 1, 3)
        k = self.key(hidden_states).view(B, S, self.heads, self.dim_head).permute(0, 2, 1, 3)
        v = self.value(hidden_states).view(B, S, self.heads, self.dim_head).permute(0, 2, 1, 3)
        scores = q @ k.permute(0, 1, 3, 2) / math.sqrt(self.dim_head)
        scores = scores + attention_mask[:, None, None, :]
        weights = F.softmax(scores, dim=-1)
        out = weights @ v
        out = out.permute(0, 2, 1, 3).reshape(B, S, self.heads * self.dim_head)
        out = self.dropout(out)
        return out
