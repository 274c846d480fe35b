import numpy as np
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("not a multiple")
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states)
        k = self.key(hidden_states)
        v = self.value(hidden_states)
        scale = float(np.sqrt(k.shape[-1]))
        q, k, v = [t.view(B, S, self.heads, D // self.heads).permute(0, 2, 1, 3) for t in (q, k, v)]
        p = torch.softmax(q @ k.permute(0, 1, 3, 2) / scale, dim=-1)
        out = (p @ v).permute(0, 2, 1, 3).reshape(B, S, D)
        out = out.masked_fill(attention_mask.unsqueeze(-1) < 0, 0.0)
        return out
