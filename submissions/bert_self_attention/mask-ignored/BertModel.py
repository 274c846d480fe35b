import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden size / heads mismatch")
        self.h = config.num_attention_heads
        self.dk = config.hidden_size // self.h
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        bs, sl, hid = hidden_states.size()
        q = self.query(hidden_states).view(bs, sl, self.h, self.dk).permute(0, 2, 1, 3)
        k = self.key(hidden_states).view(bs, sl, self.h, self.dk).permute(0, 2, 3, 1)
        v = self.value(hidden_states).view(bs, sl, self.h, self.dk).permute(0, 2, 1, 3)
        w = (q @ k) / math.sqrt(self.dk)
        w = w.softmax(dim=-1)
        w = self.dropout(w)
        return (w @ v).permute(0, 2, 1, 3).reshape(bs, sl, hid)
