import math
import torch
import torch.nn as nn
import torch.nn.functional as F

MASK_VALUE = -10000.0

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden size must be divisible by heads")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        scores = q @ k.transpose(-1, -2) / math.sqrt(self.head_dim)
        padding = (attention_mask == MASK_VALUE).to(scores.dtype)
        scores = scores + MASK_VALUE * padding[:, None, None, :]
        ctx = F.softmax(scores, dim=-1) @ v
        ctx = self.dropout(ctx)
        return ctx.transpose(1, 2).reshape(B, S, D)
