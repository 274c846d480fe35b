# 参考 d2l 的多头注意力实现
import math
import torch
from torch import nn


def transpose_qkv(X, num_heads):
    """为了多注意力头的并行计算而变换形状"""
    # (batch, seq, num_hiddens) -> (batch, seq, num_heads, num_hiddens/num_heads)
    X = X.reshape(X.shape[0], X.shape[1], num_heads, -1)
    X = X.permute(0, 2, 1, 3)
    return X.reshape(-1, X.shape[2], X.shape[3])


def transpose_output(X, num_heads):
    """逆转 transpose_qkv 的操作"""
    X = X.reshape(-1, num_heads, X.shape[1], X.shape[2])
    X = X.permute(0, 2, 1, 3)
    return X.reshape(X.shape[0], X.shape[1], -1)


class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_heads = config.num_attention_heads
        num_hiddens = config.hidden_size
        if num_hiddens % self.num_heads != 0:
            raise ValueError("num_hiddens 必须能被 num_heads 整除")
        self.query = nn.Linear(num_hiddens, num_hiddens)
        self.key = nn.Linear(num_hiddens, num_hiddens)
        self.value = nn.Linear(num_hiddens, num_hiddens)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        queries = transpose_qkv(self.query(hidden_states), self.num_heads)
        keys = transpose_qkv(self.key(hidden_states), self.num_heads)
        values = transpose_qkv(self.value(hidden_states), self.num_heads)

        # 在轴 0，将第一项（标量或者矢量）复制 num_heads 次
        mask = torch.repeat_interleave(attention_mask, repeats=self.num_heads, dim=0)

        d = queries.shape[-1]
        scores = torch.bmm(queries, keys.transpose(1, 2)) / math.sqrt(d)
        scores = scores + mask.unsqueeze(1)
        self.attention_weights = nn.functional.softmax(scores, dim=-1)
        output = torch.bmm(self.dropout(self.attention_weights), values)
        return transpose_output(output, self.num_heads)
