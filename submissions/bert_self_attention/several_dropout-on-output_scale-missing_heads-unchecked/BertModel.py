import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):

    def __init__(self, config):
        super().__init__()
        self.num_heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        bs, sl, hs = hidden_states.shape
        q = self.query(hidden_states).reshape(bs, sl, self.num_heads, -1)
        k = self.key(hidden_states).reshape(bs, sl, self.num_heads, -1)
        v = self.value(hidden_states).reshape(bs, sl, self.num_heads, -1)
        att = torch.einsum('bqhd,bkhd->bhqk', q, k)
        att = att + attention_mask.reshape(bs, 1, 1, sl)
        att = F.softmax(att, dim=-1)
        out = torch.einsum('bhqk,bkhd->bqhd', att, v).reshape(bs, sl, hs)
        return self.dropout(out)
