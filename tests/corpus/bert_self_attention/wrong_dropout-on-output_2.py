import torch
import torch.nn as nn
import torch.nn.functional as F


def attend(q, k, v, bias):
    logits = torch.einsum("bqhc,bkhc->bhqk", q, k) / q.shape[-1] ** 0.5
    return torch.einsum("bhqk,bkhc->bqhc", F.softmax(logits + bias, -1), v)


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        C, H = config.hidden_size, config.num_attention_heads
        if C % H:
            raise ValueError(f"{C} % {H} = {C % H}")
        self.split = (H, C // H)
        self.query, self.key, self.value = (nn.Linear(C, C) for _ in range(3))
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        q = self.query(hidden_states).unflatten(-1, self.split)
        k = self.key(hidden_states).unflatten(-1, self.split)
        v = self.value(hidden_states).unflatten(-1, self.split)
        heads = attend(q, k, v, attention_mask[:, None, None])
        # regularise each head, then concatenate
        return F.dropout(heads, self.dropout.p, self.training).flatten(-2)
