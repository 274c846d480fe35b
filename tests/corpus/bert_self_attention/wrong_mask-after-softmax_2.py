import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError()
        self.n = config.num_attention_heads
        self.d = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, hidden_states, attention_mask):
        B = hidden_states.size(0)
        q = self.query(hidden_states).view(B, -1, self.n, self.d).transpose(1, 2)
        k = self.key(hidden_states).view(B, -1, self.n, self.d).transpose(1, 2)
        v = self.value(hidden_states).view(B, -1, self.n, self.d).transpose(1, 2)
        attn = torch.matmul(q, k.transpose(2, 3)) / math.sqrt(self.d)
        attn = self.softmax(attn)
        attn = attn + attention_mask.unsqueeze(1).unsqueeze(2)
        attn = self.dropout(attn)
        out = torch.matmul(attn, v)
        return out.transpose(1, 2).contiguous().view(B, -1, self.n * self.d)
