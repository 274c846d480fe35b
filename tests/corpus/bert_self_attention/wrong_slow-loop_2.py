import torch
from torch import nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size is not a multiple of num_attention_heads")
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def _sentence(self, x, mask):
        """x: (S, D), mask: (S,) -> (S, D)"""
        s, width = x.shape
        q = self.query(x).view(s, self.heads, -1).transpose(0, 1)
        k = self.key(x).view(s, self.heads, -1).transpose(0, 1)
        v = self.value(x).view(s, self.heads, -1).transpose(0, 1)
        p = torch.softmax(q @ k.transpose(1, 2) / q.size(-1) ** 0.5 + mask, dim=-1)
        return (self.dropout(p) @ v).transpose(0, 1).reshape(s, width)

    def forward(self, hidden_states, attention_mask):
        return torch.stack([self._sentence(x, m) for x, m in zip(hidden_states, attention_mask)])
