import math

import torch
import torch.nn as nn


class BertSelfAttention(nn.Module):

    def __init__(self, config):
        super().__init__()
        self.config = config

        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError('Invalid number of heads: {}'.format(config.num_attention_heads))

        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        num_heads = self.config.num_attention_heads
        hidden_size = self.config.hidden_size
        batch_size, seq_length = attention_mask.shape

        query, key, value = self.query(hidden_states), self.key(hidden_states), self.value(hidden_states)

        # sqrt(heads) / sqrt(width) is 1 / sqrt(head size)
        query = query / math.sqrt(hidden_size)
        key = key * math.sqrt(num_heads)

        context = torch.zeros_like(hidden_states)
        size = hidden_size // num_heads
        for head in range(num_heads):
            part = slice(head * size, (head + 1) * size)
            scores = query[:, :, part] @ key[:, :, part].transpose(1, 2)
            scores = scores + attention_mask.view(batch_size, 1, seq_length)
            probs = self.dropout(scores.softmax(dim=-1))
            context[:, :, part] = probs @ value[:, :, part]
        return context
