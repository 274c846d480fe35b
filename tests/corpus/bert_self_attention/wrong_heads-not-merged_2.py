import torch
from torch import nn, einsum


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden, self.heads = config.hidden_size, config.num_attention_heads
        if hidden % self.heads != 0:
            raise ValueError("cannot split")
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, n, f = hidden_states.shape
        q, k, v = [p(hidden_states).view(b, n, self.heads, f // self.heads) for p in (self.query, self.key, self.value)]
        dots = einsum('b i h d, b j h d -> b h i j', q, k) * (f // self.heads) ** -0.5
        dots = dots + attention_mask[:, None, None, :]
        attn = self.dropout(dots.softmax(dim=-1))
        out = einsum('b h i j, b j h d -> b i h d', attn, v)
        return out.contiguous()
