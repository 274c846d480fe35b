import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        # sanity check
        if config.hidden_size % config.num_attention_heads:
            raise ValueError("hidden_size % num_attention_heads != 0")
        self.nh = config.num_attention_heads
        self.hs = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split_heads(self, t):
        bs, sl, _ = t.shape
        return t.reshape((bs, sl, self.nh, self.hs)).permute((0, 2, 1, 3))

    def merge_heads(self, t):
        bs, _, sl, _ = t.shape
        return t.permute((0, 2, 1, 3)).reshape((bs, sl, self.nh * self.hs))

    def forward(self, hidden_states, attention_mask):
        q = self.split_heads(self.query(hidden_states))
        k = self.split_heads(self.key(hidden_states))
        v = self.split_heads(self.value(hidden_states))

        s = torch.matmul(q, k.transpose(2, 3)).div(math.sqrt(self.hs))
        s = s + attention_mask.unsqueeze(dim=1).unsqueeze(dim=1)
        log_p = s - torch.logsumexp(s, dim=-1, keepdim=True)
        p = self.dropout(log_p.exp())
        return self.merge_heads(torch.matmul(p, v))
