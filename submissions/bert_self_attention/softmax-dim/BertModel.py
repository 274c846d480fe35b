import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("heads must divide hidden size")
        self.nh = config.num_attention_heads
        self.hs = config.hidden_size // self.nh
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, T, C = hidden_states.size()
        q = self.query(hidden_states).view(B, T, self.nh, self.hs).transpose(1, 2)
        k = self.key(hidden_states).view(B, T, self.nh, self.hs).transpose(1, 2)
        v = self.value(hidden_states).view(B, T, self.nh, self.hs).transpose(1, 2)
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(self.hs))
        att = att + attention_mask.view(B, 1, 1, T)
        att = F.softmax(att, dim=2)
        att = self.dropout(att)
        y = att @ v
        return y.transpose(1, 2).contiguous().view(B, T, C)
