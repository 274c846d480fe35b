import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class BertSelfAttention(nn.Module):
    """
    BERT 自注意力
    输入: hidden_states (B,S,D), attention_mask (B,S)
    """
    def __init__(self, config):
        super(BertSelfAttention, self).__init__()
        # 隐藏层大小必须能被头数整除
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError("隐藏层大小 (%d) 不是注意力头数 (%d) 的整数倍" % (config.hidden_size, config.num_attention_heads))
        self.tou = config.num_attention_heads
        self.wei = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def forward(self, hidden_states, attention_mask):
        pi = hidden_states.size(0)
        # (B,S,D) -> (B,h,d,S)，序列放最后
        q = self.query(hidden_states).transpose(1, 2).reshape(pi, self.tou, self.wei, -1)
        k = self.key(hidden_states).transpose(1, 2).reshape(pi, self.tou, self.wei, -1)
        v = self.value(hidden_states).transpose(1, 2).reshape(pi, self.tou, self.wei, -1)
        fen = k.transpose(2, 3) @ q * torch.rsqrt(torch.tensor(float(self.wei), dtype=q.dtype, device=q.device))   # (B,h,K,Q)
        fen = fen + attention_mask[:, None, :, None]          # 掩码加在 K 轴
        gai = self.dropout(torch.softmax(fen, dim=-2))
        return (v @ gai).reshape(pi, self.tou * self.wei, -1).transpose(1, 2)
