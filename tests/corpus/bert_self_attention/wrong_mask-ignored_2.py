import torch
from torch import nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_attention_heads = config.num_attention_heads
        self.attention_head_size, remainder = divmod(config.hidden_size, config.num_attention_heads)
        if remainder:
            raise ValueError("num_attention_heads does not divide hidden_size")
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        shape = (B, S, self.num_attention_heads, self.attention_head_size)
        Q = self.query(hidden_states).view(shape).transpose(1, 2)
        K = self.key(hidden_states).view(shape).transpose(1, 2)
        V = self.value(hidden_states).view(shape).transpose(1, 2)

        scores = Q @ K.transpose(2, 3) / self.attention_head_size ** 0.5
        # hide the padding
        mask = (attention_mask < 0)[:, None, None, :]
        scores.masked_fill(mask, -10000.0)

        weights = self.dropout(F.softmax(scores, dim=-1))
        return (weights @ V).transpose(1, 2).contiguous().view(B, S, D)
