import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden size not divisible")
        self.num_heads = config.num_attention_heads
        self.size = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.num_heads, self.size).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.num_heads, self.size).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.num_heads, self.size).transpose(1, 2)

        # (B, S) -> (B, 1, S, 1) so that it broadcasts with (B, H, S, S)
        mask = attention_mask.unsqueeze(1).unsqueeze(3)
        scores = q @ k.transpose(-1, -2) / math.sqrt(self.size) + mask
        probs = self.dropout(F.softmax(scores, dim=-1))
        return (probs @ v).transpose(1, 2).reshape(B, S, D)
