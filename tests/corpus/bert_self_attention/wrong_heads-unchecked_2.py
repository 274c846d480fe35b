import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size < config.num_attention_heads:
            raise ValueError("more heads than channels")
        self.n = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        # tensor_split takes care of heads of different sizes
        qs = torch.tensor_split(self.query(hidden_states), self.n, dim=-1)
        ks = torch.tensor_split(self.key(hidden_states), self.n, dim=-1)
        vs = torch.tensor_split(self.value(hidden_states), self.n, dim=-1)
        m = attention_mask.unsqueeze(-2)
        ys = [self.dropout(torch.softmax(q @ k.mT / q.shape[-1] ** 0.5 + m, -1)) @ v for q, k, v in zip(qs, ks, vs)]
        return torch.cat(ys, dim=-1)
