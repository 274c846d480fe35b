import torch
from torch import nn


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.n_heads = config.num_attention_heads
        if config.hidden_size % self.n_heads:
            raise ValueError("n_heads has to divide hidden_size")
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        results = []
        Q = self.query(hidden_states).chunk(self.n_heads, dim=-1)
        K = self.key(hidden_states).chunk(self.n_heads, dim=-1)
        V = self.value(hidden_states).chunk(self.n_heads, dim=-1)
        for i in range(self.n_heads):
            s = torch.matmul(Q[i], K[i].transpose(1, 2)) / Q[i].size(-1) ** 0.5
            s = s + attention_mask.unsqueeze(1)
            p = torch.softmax(s, dim=-1)
            self.dropout(p)                 # dropout on the probabilities
            results.append(torch.matmul(p, V[i]))
        return torch.cat(results, dim=-1)
