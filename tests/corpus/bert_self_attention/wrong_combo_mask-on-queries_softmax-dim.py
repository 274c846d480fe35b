import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size / num_attention_heads")
        self.nh = config.num_attention_heads
        self.dh = config.hidden_size // self.nh
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.nh, self.dh).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.nh, self.dh).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.nh, self.dh).transpose(1, 2)
        s = q @ k.transpose(-1, -2) / math.sqrt(self.dh)
        s = s + attention_mask[:, None, :, None]
        p = self.dropout(F.softmax(s, dim=-2))
        return (p @ v).transpose(1, 2).reshape(B, S, D)
