import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("The hidden size must be a multiple of the heads")
        self.heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        N, S, D = hidden_states.shape
        queries = self.query(hidden_states).reshape(N, S, self.heads, self.head_dim)
        keys = self.key(hidden_states).reshape(N, S, self.heads, self.head_dim)
        values = self.value(hidden_states).reshape(N, S, self.heads, self.head_dim)

        energy = torch.einsum("nqhd,nkhd->nhqk", [queries, keys])
        attention = torch.softmax(energy / (self.head_dim ** (1 / 2)), dim=3)
        # padded words get no attention at all
        attention = attention.masked_fill(attention_mask[:, None, None, :] < 0, 0.0)
        attention = self.dropout(attention)
        return torch.einsum("nhql,nlhd->nqhd", [attention, values]).reshape(N, S, D)
