import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size must be divisible by the heads")
        self.heads = config.num_attention_heads
        self.dk = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    @staticmethod
    def softmax(x):
        e = torch.exp(x)
        return e / (e.sum(dim=-1, keepdim=True) + 1e-9)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.heads, self.dk).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.heads, self.dk).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.heads, self.dk).transpose(1, 2)
        scores = q @ k.transpose(-2, -1) / self.dk ** 0.5
        scores = scores + attention_mask[:, None, None, :]
        p = self.dropout(self.softmax(scores))
        return (p @ v).transpose(1, 2).reshape(B, S, D)
