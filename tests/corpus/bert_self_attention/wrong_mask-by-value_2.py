import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    PAD = -10000.0

    def __init__(self, config):
        super().__init__()
        h, n = config.hidden_size, config.num_attention_heads
        if h % n:
            raise ValueError("h % n")
        self.n = n
        self.query = nn.Linear(h, h)
        self.key = nn.Linear(h, h)
        self.value = nn.Linear(h, h)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, h = hidden_states.shape
        q = self.query(hidden_states).view(b, s, self.n, h // self.n)
        k = self.key(hidden_states).view(b, s, self.n, h // self.n)
        v = self.value(hidden_states).view(b, s, self.n, h // self.n)
        w = torch.einsum("bihc,bjhc->bhij", q, k) / (h // self.n) ** 0.5
        pad = attention_mask.eq(self.PAD).view(b, 1, 1, s)
        w = w.masked_fill(pad, torch.finfo(w.dtype).min)
        w = self.dropout(w.softmax(dim=-1))
        return torch.einsum("bhij,bjhc->bihc", w, v).reshape(b, s, h)
