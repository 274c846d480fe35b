import torch
from torch import nn


class BertSelfAttention(nn.Module):
    # Tensor.unfold with window == stride cuts the last axis in blocks of d,
    # so there is no need for view at all on the way in
    def __init__(self, config):
        nn.Module.__init__(self)
        D = config.hidden_size
        H = config.num_attention_heads
        if (D // H) * H != D:
            raise ValueError(f"D={D} H={H}")
        self.d = D // H
        self.query = nn.Linear(D, D)
        self.key = nn.Linear(D, D)
        self.value = nn.Linear(D, D)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def cut(self, x):
        return x.unfold(2, self.d, self.d).movedim(2, 1)    # B,S,H,d -> B,H,S,d

    def forward(self, hidden_states, attention_mask):
        q = self.cut(self.query(hidden_states)).mul(self.d ** -0.5)
        k = self.cut(self.key(hidden_states))
        v = self.cut(self.value(hidden_states))
        w = torch.matmul(q, k.movedim(-1, -2)).add(attention_mask.unsqueeze(-2).unsqueeze(-2))
        w = self.dropout(torch.softmax(w, -1))
        heads = torch.matmul(w, v).unbind(1)
        return torch.cat(heads, -1)
