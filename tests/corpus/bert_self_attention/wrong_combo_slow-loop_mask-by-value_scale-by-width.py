import torch
import torch.nn as nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.hidden_size = config.hidden_size
        self.n_heads = config.num_attention_heads
        if self.hidden_size % self.n_heads != 0:
            raise ValueError("n_heads")
        self.query = nn.Linear(self.hidden_size, self.hidden_size)
        self.key = nn.Linear(self.hidden_size, self.hidden_size)
        self.value = nn.Linear(self.hidden_size, self.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        q = self.query(hidden_states)
        k = self.key(hidden_states)
        v = self.value(hidden_states)
        step = self.hidden_size // self.n_heads
        batch_out = []
        for b in range(hidden_states.size(0)):
            mask_b = attention_mask[b] == -10000
            heads = []
            for h in range(self.n_heads):
                sl = slice(h * step, h * step + step)
                s = q[b][:, sl] @ k[b][:, sl].T / self.hidden_size ** 0.5
                s = torch.where(mask_b, s - 10000, s)
                heads.append(self.dropout(F.softmax(s, dim=-1)) @ v[b][:, sl])
            batch_out.append(torch.cat(heads, dim=-1))
        return torch.stack(batch_out, dim=0)
