import numpy as np
import torch
import torch.nn as nn

def my_softmax(z):
    # subtract the maximum of each row so exp can't overflow
    m, _ = torch.max(z, dim=-1, keepdim=True)
    e = torch.exp(z - m)
    return e / torch.sum(e, dim=-1, keepdim=True)


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        assert config.hidden_size % config.num_attention_heads == 0, "heads must divide hidden size"
        self.num_heads = config.num_attention_heads
        self.dk = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        batch = hidden_states.shape[0]
        seq = hidden_states.shape[1]

        q = self.query(hidden_states).reshape(batch, seq, self.num_heads, self.dk)
        k = self.key(hidden_states).reshape(batch, seq, self.num_heads, self.dk)
        v = self.value(hidden_states).reshape(batch, seq, self.num_heads, self.dk)

        q = torch.swapaxes(q, 1, 2)   # b h s d
        k = torch.swapaxes(k, 1, 2)
        v = torch.swapaxes(v, 1, 2)

        scores = torch.matmul(q, torch.swapaxes(k, 2, 3)) / float(np.sqrt(self.dk))
        scores = scores + attention_mask.reshape(batch, 1, 1, seq)

        p = my_softmax(scores)
        p = self.dropout(p)

        out = torch.matmul(p, v)
        out = torch.swapaxes(out, 1, 2)
        out = out.reshape(batch, seq, self.num_heads * self.dk)
        return out
