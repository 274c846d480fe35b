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
        batch_size, tgt_len = dec_y.shape
        if is_first_step:
            m = self.mlp1(enc_hidden)
            prev = m.mean(axis=1)
        else:
            prev = state.reshape(batch_size, enc_hidden.shape[-1])
        logits = torch.zeros(batch_size, tgt_len, self.mlp2.out_features, dtype=enc_hidden.dtype, device=enc_hidden.device)
        for t in range(0, tgt_len, 1):
            e_t = F.embedding(dec_y[:, t], self.emb_layer.weight)
            sc = torch.matmul(enc_hidden, prev.unsqueeze(2)).squeeze(2)
            al = torch.exp(F.log_softmax(sc, dim=1))
            c_t = torch.matmul(al.unsqueeze(1), enc_hidden).squeeze(1)
            _, hn = self.decoder(torch.cat([e_t, c_t], dim=1)[:, None, :], prev[None].contiguous())
            prev = hn[0]
            logits[:, t, :] = torch.addmm(self.mlp2.bias, prev, self.mlp2.weight.t())
        return logits, prev.unsqueeze(dim=0)
