import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("error")
        self.n = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        B, S, D = hidden_states.shape
        q = self.query(hidden_states).view(B, S, self.n, -1).transpose(1, 2)
        k = self.key(hidden_states).view(B, S, self.n, -1).transpose(1, 2)
        v = self.value(hidden_states).view(B, S, self.n, -1).transpose(1, 2)
        a = torch.softmax(q @ k.transpose(-1, -2), dim=-1)
        a = self.dropout(a)
        return (a @ v).transpose(1, 2).reshape(B, S, D)
