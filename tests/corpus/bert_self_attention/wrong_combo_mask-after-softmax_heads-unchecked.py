import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.h = config.num_attention_heads
        self.d = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, _ = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.h, self.d).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.h, self.d).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.h, self.d).transpose(1, 2)
        probs = torch.softmax(torch.matmul(q, k.mT) / math.sqrt(self.d), dim=-1)
        keep = 1.0 + attention_mask / 10000.0        # 1 for words, 0 for padding
        probs = probs * keep[:, None, None, :]
        probs = self.dropout(probs)
        return torch.matmul(probs, v).transpose(1, 2).flatten(2)
