import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        h = config.hidden_size; a = config.num_attention_heads
        if h % a != 0: raise ValueError("hidden %d, heads %d" % (h, a))
        self.a = a
        self.scale = (h // a) ** -0.5
        self.query = nn.Linear(h, h)
        self.key = nn.Linear(h, h)
        self.value = nn.Linear(h, h)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        q = (self.scale * self.query(hidden_states)).unflatten(2, (self.a, -1))
        k = self.key(hidden_states).unflatten(2, (self.a, -1))
        v = self.value(hidden_states).unflatten(2, (self.a, -1))
        # q: b s a d -> b a s d ; k: b s a d -> b a d s
        z = q.permute(0, 2, 1, 3) @ k.permute(0, 2, 3, 1)
        z = z + attention_mask.unsqueeze(1).unsqueeze(1).expand_as(z)
        z = self.dropout(z.softmax(3))
        o = z @ v.permute(0, 2, 1, 3)
        return o.permute(0, 2, 1, 3).flatten(start_dim=2)
