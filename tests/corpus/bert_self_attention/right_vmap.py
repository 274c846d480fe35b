import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    """I write the attention of ONE head of ONE sentence and let vmap add the two batch axes."""

    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("heads must divide hidden_size")
        self.num_heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def one_head(self, q, k, v, mask):
        # q, k, v: (S, d)   mask: (S,)
        p = torch.softmax(q @ k.T / q.shape[1] ** 0.5 + mask, dim=1)
        return self.dropout(p) @ v

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        shape = (B, S, self.num_heads, D // self.num_heads)
        q = self.query(hidden_states).reshape(shape)
        k = self.key(hidden_states).reshape(shape)
        v = self.value(hidden_states).reshape(shape)
        over_heads = torch.vmap(self.one_head, in_dims=(1, 1, 1, None), out_dims=1, randomness="different")
        over_batch = torch.vmap(over_heads, randomness="different")
        return over_batch(q, k, v, attention_mask).reshape(B, S, D)
