import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    # written with explicit exp so that I see what happens
    def __init__(self, config):
        super().__init__()
        assert config.hidden_size % config.num_attention_heads == 0
        self.H = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        d = D // self.H
        q = self.query(hidden_states).view(B, S, self.H, d).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.H, d).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.H, d).transpose(1, 2)

        scores = torch.matmul(q, k.transpose(2, 3)) / d ** 0.5 + attention_mask[:, None, None, :]
        scores = scores - scores.amax(dim=1, keepdim=True)
        e = scores.exp()
        probs = self.dropout(e / e.sum(dim=1, keepdim=True))   # sum to one

        return torch.matmul(probs, v).transpose(1, 2).flatten(2)
