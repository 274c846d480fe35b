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
        rnn = self.decoder
        E = self.emb_layer.embedding_dim
        W_e, W_c = rnn.weight_ih_l0[:, :E], rnn.weight_ih_l0[:, E:]
        bias = rnn.bias_ih_l0 + rnn.bias_hh_l0
        # everything that does not depend on the recurrence is hoisted out of the loop
        pre = self.emb_layer(dec_y) @ W_e.T + bias            # (B,T,H)
        mem_c = enc_hidden @ W_c.T                            # values already multiplied by W_c
        h = self.mlp1(enc_hidden).mean(1) if is_first_step else state[0]
        seq = []
        for t in range(pre.shape[1]):
            p = torch.softmax(torch.einsum('bh,bsh->bs', h, enc_hidden), 1)
            h = torch.tanh(pre[:, t] + torch.einsum('bs,bsh->bh', p, mem_c) + h @ rnn.weight_hh_l0.T)
            seq.append(h)
        return self.mlp2(torch.stack(seq, dim=1)), h.unsqueeze(0)
