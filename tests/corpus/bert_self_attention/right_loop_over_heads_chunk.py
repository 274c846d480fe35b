import torch
import torch.nn as nn
import torch.nn.functional as F
import math

class BertSelfAttention(nn.Module):

    def __init__(self, config):
        super(BertSelfAttention, self).__init__()

        self.n_heads = config.num_attention_heads
        self.hidden = config.hidden_size
        if self.hidden % self.n_heads != 0:
            raise ValueError('hidden_size must be divisible by num_attention_heads')
        self.head_size = self.hidden // self.n_heads

        self.query = nn.Linear(self.hidden, self.hidden)
        self.key = nn.Linear(self.hidden, self.hidden)
        self.value = nn.Linear(self.hidden, self.hidden)
        self.dropout = nn.Dropout(p=config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        # cut the last dim into one piece for each head
        Qs = torch.chunk(self.query(hidden_states), self.n_heads, dim=2)
        Ks = torch.chunk(self.key(hidden_states), self.n_heads, dim=2)
        Vs = torch.chunk(self.value(hidden_states), self.n_heads, dim=2)

        outs = []
        for Q, K, V in zip(Qs, Ks, Vs):
            # [B, S, d] x [B, d, S] -> [B, S, S]
            score = torch.bmm(Q, K.transpose(1, 2)) / math.sqrt(self.head_size)
            score = score + attention_mask.unsqueeze(1)
            prob = F.softmax(score, dim=2)
            prob = self.dropout(prob)
            outs.append(torch.bmm(prob, V))

        return torch.cat(outs, dim=2)
