import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads:
            raise ValueError("heads")
        self.H = config.num_attention_heads
        self.d = config.hidden_size // self.H
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        def heads(x):
            return x.view(x.size(0), x.size(1), self.H, self.d).transpose(1, 2)
        q = heads(self.query(hidden_states))
        k = heads(self.query(hidden_states))
        v = heads(self.value(hidden_states))
        s = q @ k.transpose(-1, -2) / math.sqrt(self.d) + attention_mask[:, None, None, :]
        c = F.softmax(s, dim=-1) @ v
        return c.transpose(1, 2).contiguous().view(hidden_states.shape)
