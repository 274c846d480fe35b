import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("heads have to divide hidden size")
        self.num_heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split_heads(self, x):
        return x.view(x.shape[0], x.shape[1], self.num_heads, -1)

    def forward(self, hidden_states, attention_mask):
        query = self.split_heads(self.query(hidden_states)).transpose(1, 2)
        key = self.split_heads(self.key(hidden_states))
        value = self.split_heads(self.value(hidden_states)).transpose(1, 2)
        d_k = key.size(-2)
        scores = torch.matmul(query, key.permute(0, 2, 3, 1)) / math.sqrt(d_k)
        scores = scores + attention_mask.unsqueeze(1).unsqueeze(2)
        probs = self.dropout(scores.softmax(dim=-1))
        return torch.matmul(probs, value).transpose(1, 2).flatten(2)
