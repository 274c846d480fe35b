import torch
from torch import nn
class BertSelfAttention(nn.Module):
  def __init__(s, c):
    super().__init__()
    n, s.h = c.hidden_size, c.num_attention_heads
    if n % s.h: raise ValueError('bad heads')
    for name in ('query', 'key', 'value'): setattr(s, name, nn.Linear(n, n))
    s.dropout = nn.Dropout(c.attention_probs_dropout_prob)
  def forward(s, x, m):
    B, T, D = x.shape
    f = lambda l: l(x).reshape(B, T, s.h, -1).transpose(1, 2)
    q, k, v = map(f, (s.query, s.key, s.value))
    w = (q @ k.mT / (D / s.h) ** .5 + m.view(B, 1, 1, T)).softmax(-1)
    return (s.dropout(w) @ v).transpose(1, 2).flatten(2)
