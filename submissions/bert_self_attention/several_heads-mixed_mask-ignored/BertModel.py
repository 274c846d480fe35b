import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        assert config.hidden_size % config.num_attention_heads == 0
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // self.num_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        # same reshape as in pytorch's own code: (B*H, S, d)
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B * self.num_heads, S, self.head_dim)
        k = self.key(hidden_states).view(B * self.num_heads, S, self.head_dim)
        v = self.value(hidden_states).view(B * self.num_heads, S, self.head_dim)
        w = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(self.head_dim)
        w = self.dropout(torch.softmax(w, dim=-1))
        return torch.bmm(w, v).view(B, S, D)
