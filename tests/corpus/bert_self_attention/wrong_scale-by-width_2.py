import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.num_attention_heads
        assert config.hidden_size % self.heads == 0
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        q = self.query(hidden_states)
        k = self.key(hidden_states)
        v = self.value(hidden_states)

        # normalise the queries first, cheaper than to do it on the S x S matrix
        q = q * q.shape[-1] ** -0.5

        out = []
        for qi, ki, vi in zip(q.chunk(self.heads, -1), k.chunk(self.heads, -1), v.chunk(self.heads, -1)):
            a = qi @ ki.transpose(-1, -2)
            a = a + attention_mask[:, None, :]
            a = self.dropout(torch.softmax(a, -1))
            out.append(a @ vi)
        return torch.cat(out, -1)
