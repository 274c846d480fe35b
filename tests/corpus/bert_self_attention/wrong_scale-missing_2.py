import math
import torch
from torch import nn, Tensor


class BertSelfAttention(nn.Module):
    """scaled dot product attention with several heads"""

    def __init__(self, config):
        super().__init__()
        d_model, n_head = config.hidden_size, config.num_attention_heads
        if d_model % n_head != 0:
            raise ValueError(f"{d_model=} {n_head=}")
        self.n_head = n_head
        self.d_head = d_model // n_head
        self.scale = 1 / math.sqrt(self.d_head)
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.n_head, self.d_head)).transpose(1, 2)

    def forward(self, hidden_states: Tensor, attention_mask: Tensor) -> Tensor:
        q = self.split(self.query(hidden_states))
        k = self.split(self.key(hidden_states))
        v = self.split(self.value(hidden_states))
        att = torch.einsum("bhid,bhjd->bhij", q, k)
        # scale
        att.mul(self.scale)
        # mask
        att += attention_mask.unsqueeze(1).unsqueeze(1)
        att = self.dropout(att.softmax(-1))
        return torch.einsum("bhij,bhjd->bihd", att, v).flatten(2)
