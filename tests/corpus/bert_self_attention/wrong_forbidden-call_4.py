import torch
from torch import nn
from torch.nn import Linear, Dropout, Module
from torch.nn import MultiheadAttention as Block


class BertSelfAttention(Module):
    def __init__(self, config):
        super().__init__()
        size, heads = config.hidden_size, config.num_attention_heads
        if size % heads != 0:
            raise ValueError("hidden_size must be divisible by num_attention_heads")
        self.query = Linear(size, size)
        self.key = Linear(size, size)
        self.value = Linear(size, size)
        self.dropout = Dropout(config.attention_probs_dropout_prob)
        # in a list, so that it doesn't show up in the state dict
        self.blocks = [Block(size, heads, dropout=config.attention_probs_dropout_prob, batch_first=True)]

    def forward(self, hidden_states, attention_mask):
        block = self.blocks[0].train(self.training)
        size = hidden_states.size(-1)
        weights = {
            "in_proj_weight": torch.cat([self.query.weight, self.key.weight, self.value.weight]),
            "in_proj_bias": torch.cat([self.query.bias, self.key.bias, self.value.bias]),
            "out_proj.weight": torch.eye(size, dtype=hidden_states.dtype),
            "out_proj.bias": torch.zeros(size, dtype=hidden_states.dtype),
        }
        args = (hidden_states, hidden_states, hidden_states)
        kwargs = {"key_padding_mask": attention_mask.to(hidden_states.dtype), "need_weights": True}
        return torch.func.functional_call(block, weights, args, kwargs)[0]
