import math
import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size is no multiple of num_attention_heads")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, hidden_states, attention_mask):
        # compute per head with 3d tensors: (B, S, S), softmax on dim 1
        outs = []
        q, k, v = self.query(hidden_states), self.key(hidden_states), self.value(hidden_states)
        for h in range(self.num_heads):
            lo, hi = h * self.head_dim, (h + 1) * self.head_dim
            s = q[..., lo:hi] @ k[..., lo:hi].transpose(1, 2)
            s = s / math.sqrt(self.head_dim)
            s = s + attention_mask.unsqueeze(1)
            outs.append(self.softmax(s) @ v[..., lo:hi])
        return torch.cat(outs, dim=2)
