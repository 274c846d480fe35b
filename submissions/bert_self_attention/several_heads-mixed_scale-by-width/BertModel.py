import torch
from torch import nn
import torch.nn.functional as F

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("bad number of heads")
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        b, t, c = hidden_states.shape
        nh = self.config.num_attention_heads
        q = self.query(hidden_states).view(b, t, nh, c // nh).transpose(1, 2)
        k = self.key(hidden_states).view(b, t, nh, c // nh).transpose(1, 2)
        v = self.value(hidden_states).view(b, t, nh, c // nh).transpose(1, 2)
        w = q @ k.transpose(-2, -1) * c ** -0.5
        w = F.softmax(w + attention_mask[:, None, None, :], dim=-1)
        w = self.dropout(w)
        return (w @ v).contiguous().view(b, t, c)
