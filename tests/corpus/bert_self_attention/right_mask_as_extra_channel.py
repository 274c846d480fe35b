import math
import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    '''
    q.k/sqrt(d) + mask == [q/sqrt(d), 1] . [k, mask]
    so the mask can simply ride along as one more channel of the keys.
    '''
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads:
            raise ValueError('hidden_size must be a multiple of num_attention_heads')
        self.H = config.num_attention_heads
        self.d = config.hidden_size // self.H
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.H, self.d).transpose(1, 2) / math.sqrt(self.d)
        k = self.key(hidden_states).view(B, S, self.H, self.d).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.H, self.d).transpose(1, 2)
        ones = q.new_ones(B, self.H, S, 1)
        m = attention_mask.to(k.dtype)[:, None, :, None].expand(B, self.H, S, 1)
        q = torch.cat([q, ones], dim=-1)
        k = torch.cat([k, m], dim=-1)
        w = self.dropout(torch.softmax(q @ k.transpose(2, 3), dim=-1))
        return (w @ v).transpose(1, 2).reshape(B, S, D)
