import torch
from torch import nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.num_attention_heads
        self.width = config.hidden_size
        self.per_head, rest = divmod(self.width, self.heads)
        if rest != 0:
            raise ValueError("num_attention_heads must divide hidden_size")
        self.query = nn.Linear(self.width, self.width)
        self.key = nn.Linear(self.width, self.width)
        self.value = nn.Linear(self.width, self.width)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def _fold(self, x, B, S):
        # (B,S,D) -> (B*H,S,d), batch major
        x = x.view(B, S, self.heads, self.per_head)
        x = x.permute(0, 2, 1, 3).contiguous()
        return x.view(B * self.heads, S, self.per_head)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.size()
        q = self._fold(self.query(hidden_states), B, S)
        k = self._fold(self.key(hidden_states), B, S)
        v = self._fold(self.value(hidden_states), B, S)

        bias = attention_mask.view(B, 1, 1, S).expand(B, self.heads, S, S)
        bias = bias.reshape(B * self.heads, S, S).to(q.dtype)
        # bias + alpha * q k^T in a single kernel
        att = torch.baddbmm(bias, q, k.transpose(1, 2), beta=1.0, alpha=1.0 / self.per_head ** 0.5)
        att = self.dropout(torch.softmax(att, dim=2))

        out = torch.bmm(att, v).view(B, self.heads, S, self.per_head)
        return out.transpose(1, 2).contiguous().view(B, S, D)
