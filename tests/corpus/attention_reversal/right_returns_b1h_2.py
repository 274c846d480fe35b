import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        enc_emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(enc_emb, state)
        return enc_hidden, state

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        """
        解码：每一步用当前状态作为 query，对 enc_hidden 做注意力
        """
        bs, tgt_len = dec_y.shape
        if is_first_step:
            state = torch.mean(self.mlp1(enc_hidden), dim=1, keepdim=True)   # (B,1,H)
        else:
            state = state.reshape(bs, 1, -1)
        dec_emb = self.emb_layer(dec_y)
        logits = []
        for i in range(tgt_len):
            attn = self.softmax(state @ enc_hidden.mT)          # (B,1,S)
            c = attn @ enc_hidden                               # (B,1,H)
            inp = torch.cat([dec_emb[:, i:i + 1], c], 2)
            out, h = self.decoder(inp, state.permute(1, 0, 2).contiguous())
            state = h.permute(1, 0, 2)
            logits.append(self.mlp2(out))
        return torch.cat(logits, 1), state
