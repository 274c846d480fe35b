import torch
import torch.nn as nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.D = config.hidden_size
        self.H = config.num_attention_heads
        self.p = config.attention_probs_dropout_prob
        if self.D % self.H != 0:
            msg = "Hidden size {} is not divisible by number of heads {}".format(self.D, self.H)
            raise ValueError(msg)
        self.d = self.D // self.H
        self.query = nn.Linear(self.D, self.D)
        self.key   = nn.Linear(self.D, self.D)
        self.value = nn.Linear(self.D, self.D)
        self.dropout = nn.Dropout(self.p)

    def forward(self, hidden_states, attention_mask):
        # heads go in FRONT: (H, B, S, d)
        q = torch.stack(torch.split(self.query(hidden_states), self.d, dim=-1), dim=0)
        k = torch.stack(torch.split(self.key(hidden_states),   self.d, dim=-1), dim=0)
        v = torch.stack(torch.split(self.value(hidden_states), self.d, dim=-1), dim=0)

        scores = (q @ k.transpose(-1, -2)) / self.d ** .5      # (H, B, S, S)
        scores = scores + attention_mask[None, :, None, :]
        probs  = self.dropout(F.softmax(scores, dim=-1))
        ctx    = probs @ v                                     # (H, B, S, d)

        return torch.cat([ctx[h] for h in range(self.H)], dim=-1)
