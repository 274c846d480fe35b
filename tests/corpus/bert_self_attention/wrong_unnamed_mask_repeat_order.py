import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("no")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        def heads_first(x):
            return x.view(B, S, self.num_heads, self.head_dim).permute(0, 2, 1, 3).reshape(B * self.num_heads, S, self.head_dim)
        q, k, v = heads_first(self.query(hidden_states)), heads_first(self.key(hidden_states)), heads_first(self.value(hidden_states))
        # one mask for every head
        mask = attention_mask.repeat(self.num_heads, 1).unsqueeze(1)
        att = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(self.head_dim) + mask
        att = self.dropout(F.softmax(att, dim=-1))
        out = torch.bmm(att, v).view(B, self.num_heads, S, self.head_dim)
        return out.transpose(1, 2).reshape(B, S, D)
