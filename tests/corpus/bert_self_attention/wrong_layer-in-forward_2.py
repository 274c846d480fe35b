import torch
from torch import nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.num_attention_heads
        self.p = config.attention_probs_dropout_prob
        if config.hidden_size % self.heads != 0:
            raise ValueError("heads must divide hidden_size")
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(self.p)

    def forward(self, hidden_states, attention_mask):
        b, s, w = hidden_states.shape
        q, k, v = [
            layer(hidden_states).view(b, s, self.heads, w // self.heads).permute(0, 2, 1, 3)
            for layer in [self.query, self.key, self.value]
        ]
        scores = q @ k.transpose(3, 2) / (w // self.heads) ** 0.5
        scores = scores + attention_mask.view(b, 1, 1, s)
        probs = nn.Softmax(dim=-1)(scores)
        probs = nn.Dropout(self.p)(probs)
        return (probs @ v).permute(0, 2, 1, 3).reshape(b, s, w)
