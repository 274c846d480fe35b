import torch
from torch import nn


class BertSelfAttention(nn.Module):
    """Self-attention: Q = K = V = X, hence 'self'."""

    def __init__(self, config):
        super().__init__()
        self.h = config.num_attention_heads
        self.D = config.hidden_size
        if self.D % self.h != 0:
            raise ValueError("D must be a multiple of h")
        self.query = nn.Linear(self.D, self.D)
        self.key = nn.Linear(self.D, self.D)
        self.value = nn.Linear(self.D, self.D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.h, self.D // self.h).permute(0, 2, 1, 3)

    def forward(self, hidden_states, attention_mask):
        query_layer, key_layer, value_layer = map(self.split, (hidden_states, hidden_states, hidden_states))
        a = query_layer @ key_layer.transpose(-1, -2) / (self.D // self.h) ** 0.5
        a = torch.softmax(a + attention_mask[:, None, None, :], dim=-1)
        out = self.dropout(a) @ value_layer
        return out.permute(0, 2, 1, 3).flatten(2)
