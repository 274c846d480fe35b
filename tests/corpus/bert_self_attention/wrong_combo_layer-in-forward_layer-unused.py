import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size must be a multiple of num_attention_heads")
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        H = self.config.num_attention_heads
        d = D // H
        # define the projections
        W_q = nn.Linear(D, D, dtype=hidden_states.dtype, device=hidden_states.device)
        W_k = nn.Linear(D, D, dtype=hidden_states.dtype, device=hidden_states.device)
        W_v = nn.Linear(D, D, dtype=hidden_states.dtype, device=hidden_states.device)
        q = W_q(hidden_states).view(B, S, H, d).transpose(1, 2)
        k = W_k(hidden_states).view(B, S, H, d).transpose(1, 2)
        v = W_v(hidden_states).view(B, S, H, d).transpose(1, 2)
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(d)
        scores = scores + attention_mask.unsqueeze(1).unsqueeze(1)
        probs = self.dropout(F.softmax(scores, dim=-1))
        return torch.matmul(probs, v).transpose(1, 2).reshape(B, S, D)
