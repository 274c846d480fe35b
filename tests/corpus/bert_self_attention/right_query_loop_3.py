import math
import torch
from torch import nn
class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("heads")
        self.n = config.num_attention_heads
        self.query, self.key, self.value = [nn.Linear(config.hidden_size, config.hidden_size) for _ in range(3)]
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
    def forward(self, hidden_states, attention_mask):
        x, m = hidden_states, attention_mask
        b, s, d = x.shape
        h = d // self.n
        q, k, v = (f(x).view(b, s, self.n, h) for f in (self.query, self.key, self.value))
        rows = []
        for i in range(s):
            a = ((q[:, i:i+1] * k).sum(-1) / math.sqrt(h) + m[:, :, None]).softmax(1)
            rows.append((self.dropout(a)[..., None] * v).sum(1).reshape(b, 1, d))
        return torch.cat(rows, 1)
