import torch
from torch import nn


class BertSelfAttention(nn.Module):
    """Column convention as in the lecture: the scores are A = K^T Q, so that every COLUMN
    of A belongs to a query, and columns must sum to one."""

    def __init__(self, config):
        super().__init__()
        n, h = config.hidden_size, config.num_attention_heads
        if n % h != 0:
            raise ValueError("cannot divide %d channels over %d heads" % (n, h))
        self.h = h
        self.query = nn.Linear(n, n)
        self.key = nn.Linear(n, n)
        self.value = nn.Linear(n, n)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, s, n = hidden_states.shape
        d = n // self.h
        # (b, s, n) -> (b, n, s) -> (b, h, d, s): channels first, no permute required after the view
        Q = self.query(hidden_states).transpose(1, 2).reshape(b, self.h, d, s)
        K = self.key(hidden_states).transpose(1, 2).reshape(b, self.h, d, s)
        V = self.value(hidden_states).transpose(1, 2).reshape(b, self.h, d, s)

        A = K.transpose(2, 3) @ Q / d ** 0.5                    # (b, h, key, query)
        A = A + attention_mask.unsqueeze(1).unsqueeze(-1)       # (b, 1, key, 1)
        A = torch.softmax(A, dim=-2)
        O = V @ self.dropout(A)                                 # (b, h, d, query)
        return O.reshape(b, n, s).transpose(1, 2)
