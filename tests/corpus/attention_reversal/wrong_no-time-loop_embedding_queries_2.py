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
        y = self.emb_layer(dec_y)
        if is_first_step:
            state = torch.mean(self.mlp1(enc_hidden), 1)[None]
        A = torch.einsum('bte,bse->bts', y, enc_hidden).softmax(-1)
        C = torch.einsum('bts,bse->bte', A, enc_hidden)
        O, state = self.decoder(torch.cat((C, y), -1), state)
        return self.mlp2(O), state
