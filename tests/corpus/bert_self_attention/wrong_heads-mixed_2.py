import torch
from torch import nn
from torch.nn import functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_attention_heads = config.num_attention_heads
        if config.hidden_size % self.num_attention_heads != 0:
            raise ValueError('{} % {} != 0'.format(config.hidden_size, self.num_attention_heads))
        self.attention_head_size = config.hidden_size // self.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def to_heads(self, x):
        x = x.reshape(*x.shape[:2], self.num_attention_heads, self.attention_head_size)
        x = x.permute(0, 2, 1, 3)
        return x.reshape(-1, x.shape[2], self.attention_head_size)

    def forward(self, hidden_states, attention_mask):
        q = self.to_heads(self.query(hidden_states))
        k = self.to_heads(self.key(hidden_states))
        v = self.to_heads(self.value(hidden_states))
        mask = attention_mask.repeat_interleave(self.num_attention_heads, dim=0)[:, None]
        a = torch.bmm(q, k.transpose(1, 2)) * self.attention_head_size ** -0.5 + mask
        a = self.dropout(F.softmax(a, dim=-1))
        out = torch.bmm(a, v)
        # back to the shape of the input
        return out.reshape(hidden_states.shape)
