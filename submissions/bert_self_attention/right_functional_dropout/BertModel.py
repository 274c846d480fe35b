import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        if cfg.hidden_size % cfg.num_attention_heads != 0:
            raise ValueError("heads!")
        self.cfg = cfg
        self.query = nn.Linear(cfg.hidden_size, cfg.hidden_size)
        self.key = nn.Linear(cfg.hidden_size, cfg.hidden_size)
        self.value = nn.Linear(cfg.hidden_size, cfg.hidden_size)
        self.dropout = nn.Dropout(cfg.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask=None):
        B, S, D = hidden_states.shape
        nh = self.cfg.num_attention_heads
        dh = D // nh

        # nanoGPT style
        q = self.query(hidden_states).view(B, S, nh, dh).transpose(1, 2)  # (B, nh, S, dh)
        k = self.key(hidden_states).view(B, S, nh, dh).transpose(1, 2)    # (B, nh, S, dh)
        v = self.value(hidden_states).view(B, S, nh, dh).transpose(1, 2)  # (B, nh, S, dh)

        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
        if attention_mask is not None:
            att = att + attention_mask[:, None, None, :]
        att = F.softmax(att, dim=-1)
        att = F.dropout(att, p=self.cfg.attention_probs_dropout_prob, training=self.training)
        y = att @ v
        y = y.transpose(1, 2).contiguous().view(B, S, D)  # re-assemble all head outputs side by side
        return y
