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
        emb = self.emb_layer(dec_y)                                     # B,T,E  (E == H)
        att = self.softmax(torch.bmm(emb, enc_hidden.transpose(1, 2)))  # B,T,S
        ctx = torch.bmm(att, enc_hidden)
        rnn_in = torch.cat((ctx, emb), dim=2)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)
        hs = []
        for t in range(emb.shape[1]):
            h, state = self.decoder(rnn_in[:, t].unsqueeze(1), state)
            hs.append(h)
        return self.mlp2(torch.cat(hs, dim=1)), state
