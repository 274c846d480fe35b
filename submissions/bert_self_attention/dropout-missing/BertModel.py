import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super(BertSelfAttention, self).__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("invalid heads")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // self.num_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        query = self.query(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        key = self.key(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        value = self.value(hidden_states).view(B, S, self.num_heads, self.head_dim).transpose(1, 2)
        scores = query.matmul(key.transpose(-1, -2)).div(math.sqrt(self.head_dim))
        scores = scores.add(attention_mask[:, None, None, :])
        probs = F.softmax(scores, dim=-1)
        context = probs.matmul(value)
        return context.transpose(1, 2).contiguous().view(B, S, D)
