import math
import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size % num_attention_heads must be 0")
        self.num_heads = config.num_attention_heads
        self.head_size = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        batch, length, width = hidden_states.shape
        # [batch, heads, length, head_size]
        q = self.query(hidden_states).view(batch, self.num_heads, length, self.head_size)
        k = self.key(hidden_states).view(batch, self.num_heads, length, self.head_size)
        v = self.value(hidden_states).view(batch, self.num_heads, length, self.head_size)

        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(self.head_size)
        scores = scores + attention_mask[:, None, None, :]
        probs = torch.softmax(scores, dim=-1)
        probs = self.dropout(probs)
        ctx = torch.matmul(probs, v)
        # [batch, length, heads, head_size]
        ctx = ctx.transpose(1, 2).contiguous()
        return ctx.view(batch, length, width)
