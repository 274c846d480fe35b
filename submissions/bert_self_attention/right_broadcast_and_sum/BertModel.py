import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_heads = config.num_attention_heads
        if config.hidden_size % self.num_heads > 0:
            raise ValueError("head count doesn't divide the hidden size")
        self.size_of_head = config.hidden_size // self.num_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        bsz, slen, dim = hidden_states.shape
        q = self.query(hidden_states).view(bsz, slen, self.num_heads, self.size_of_head)
        k = self.key(hidden_states).view(bsz, slen, self.num_heads, self.size_of_head)
        v = self.value(hidden_states).view(bsz, slen, self.num_heads, self.size_of_head)

        # I never remember which axes matmul wants, so multiply everything with
        # everything and sum over the channel:  axes are (b, query, key, head, channel)
        scores = (q[:, :, None] * k[:, None, :]).sum(-1)
        scores = scores / math.sqrt(self.size_of_head)
        scores = scores + attention_mask[:, None, :, None]      # key axis is 2 here
        probs = torch.softmax(scores, dim=2)                    # so the softmax too
        probs = self.dropout(probs)
        context = (probs[..., None] * v[:, None]).sum(dim=2)    # b, query, head, channel
        return context.reshape(bsz, slen, dim)
