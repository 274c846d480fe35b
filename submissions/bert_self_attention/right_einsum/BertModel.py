import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    """multi-head self attention, all contractions written as einsum
    b = batch, i = query position, j = key position, h = head, d = channel in head
    """

    def __init__(self, config):
        super().__init__()
        D, H = config.hidden_size, config.num_attention_heads
        if D % H:
            raise ValueError(f"{H} heads do not divide {D}")
        self.H, self.d = H, D // H
        self.query, self.key, self.value = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, _ = hidden_states.shape
        q, k, v = (f(hidden_states).view(b, s, self.H, self.d) for f in (self.query, self.key, self.value))
        logits = torch.einsum("bihd,bjhd->bhij", q, k) * self.d ** -0.5
        logits = logits + attention_mask[:, None, None, :]
        a = self.dropout(logits.softmax(dim=-1))
        return torch.einsum("bhij,bjhd->bihd", a, v).reshape(b, s, -1)
