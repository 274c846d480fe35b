import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("not divisible")
        self.num_heads = config.num_attention_heads
        self.head_dim = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states)
        k = self.key(hidden_states)
        v = self.value(hidden_states)
        output = torch.zeros(B, S, D, dtype=hidden_states.dtype, device=hidden_states.device)
        for b in range(B):
            for h in range(self.num_heads):
                start = h * self.head_dim
                end = start + self.head_dim
                score = torch.mm(q[b, :, start:end], k[b, :, start:end].t()) / math.sqrt(self.head_dim)
                score = score + attention_mask[b]
                prob = F.softmax(score, dim=1)
                prob = self.dropout(prob)
                output[b, :, start:end] = torch.mm(prob, v[b, :, start:end])
        return output
