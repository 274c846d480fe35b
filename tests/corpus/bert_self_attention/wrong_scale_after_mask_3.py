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
        q, k, v = (f(x).view(b, s, self.n, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        a = ((q @ k.mT).softmax(-1) / math.sqrt(d // self.n) + 0)
        return (self.dropout(a) @ v).transpose(1, 2).flatten(2)
