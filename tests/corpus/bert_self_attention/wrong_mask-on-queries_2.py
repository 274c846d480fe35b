import torch
from torch import nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        dim = config.hidden_size
        self.nh = config.num_attention_heads
        if dim % self.nh:
            raise ValueError("bad config")
        self.hd = dim // self.nh
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, dim = hidden_states.shape
        q = self.query(hidden_states).reshape(b, s, self.nh, self.hd)
        k = self.key(hidden_states).reshape(b, s, self.nh, self.hd)
        v = self.value(hidden_states).reshape(b, s, self.nh, self.hd)

        w = torch.einsum('bqhd,bkhd->bhqk', q, k) / self.hd ** 0.5
        w = self.dropout(torch.softmax(w, dim=-1))
        y = torch.einsum('bhqk,bkhd->bqhd', w, v).reshape(b, s, dim)

        # padding positions don't attend to anything
        real = (attention_mask == 0).to(y.dtype)
        return y * real.unsqueeze(-1)
