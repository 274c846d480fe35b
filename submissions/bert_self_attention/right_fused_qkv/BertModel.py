import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError
        self.n_head = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        # one big matmul instead of three small ones
        W = torch.cat((self.query.weight, self.key.weight, self.value.weight), dim=0)
        b = torch.cat((self.query.bias, self.key.bias, self.value.bias), dim=0)
        qkv = F.linear(hidden_states, W, b)                                   # B S 3D
        qkv = qkv.view(B, S, 3, self.n_head, D // self.n_head).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]                                      # B H S d
        attn = torch.einsum('...id,...jd->...ij', q, k) / q.size(-1) ** 0.5
        attn = (attn + attention_mask[:, None, None, :]).softmax(dim=-1)
        attn = self.dropout(attn)
        return torch.einsum('bhij,bhjd->bihd', attn, v).flatten(2)
