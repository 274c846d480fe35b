import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("config.hidden_size % config.num_attention_heads != 0")
        self.nheads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        N, L, E = hidden_states.shape
        hd = E // self.nheads

        def rearr(t):
            return t.view(N, L, self.nheads, hd).permute(2, 0, 1, 3).reshape(self.nheads * N, L, hd)

        q, k, v = rearr(self.query(hidden_states)), rearr(self.key(hidden_states)), rearr(self.value(hidden_states))
        # head is the slow index, so the masks must be repeated as a whole block: [m0 m1 .. m0 m1 ..]
        m = attention_mask.repeat(self.nheads, 1).unsqueeze(1)

        att = F.softmax(q.bmm(k.permute(0, 2, 1)) / math.sqrt(hd) + m, dim=2)
        keep = self.dropout(torch.ones_like(att))       # 0 or 1/(1-p), all 1 in eval mode
        out = (att * keep).bmm(v)
        return out.view(self.nheads, N, L, hd).permute(1, 2, 0, 3).reshape(N, L, E)
