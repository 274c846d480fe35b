import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("hidden_size should be divisible by num_attention_heads")
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        out = []
        i = 0
        while i < len(hidden_states):
            x = hidden_states[i]
            q = self.query(x).view(len(x), self.heads, -1).permute(1, 0, 2)
            k = self.key(x).view(len(x), self.heads, -1).permute(1, 2, 0)
            v = self.value(x).view(len(x), self.heads, -1).permute(1, 0, 2)
            s = torch.bmm(q, k) + attention_mask[i].view(1, 1, -1)
            p = self.dropout(torch.softmax(s, dim=2))
            out.append(torch.bmm(p, v).permute(1, 0, 2).reshape(1, *x.shape))
            i += 1
        return torch.cat(out, dim=0)
