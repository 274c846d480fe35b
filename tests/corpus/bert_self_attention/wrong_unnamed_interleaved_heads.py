import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size %% heads != 0")
        self.heads = config.num_attention_heads
        self.size = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split(self, x):
        # (B, S, D) -> (B, S, d, H) -> (B, H, S, d)
        return x.view(x.size(0), x.size(1), self.size, self.heads).permute(0, 3, 1, 2)

    def merge(self, x):
        # (B, H, S, d) -> (B, S, d, H) -> (B, S, D)
        return x.permute(0, 2, 3, 1).flatten(2)

    def forward(self, hidden_states, attention_mask):
        q, k, v = self.split(self.query(hidden_states)), self.split(self.key(hidden_states)), self.split(self.value(hidden_states))
        p = q @ k.transpose(-1, -2) / self.size ** 0.5 + attention_mask[:, None, None, :]
        p = self.dropout(F.softmax(p, dim=-1))
        return self.merge(p @ v)
