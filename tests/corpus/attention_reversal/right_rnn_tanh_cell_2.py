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
        w = list(self.decoder.parameters())
        h = state.squeeze(0) if not is_first_step else torch.mean(self.mlp1(enc_hidden), 1)
        logits = []
        for x in self.emb_layer(dec_y.T):
            p = torch.bmm(enc_hidden, h[..., None]).softmax(dim=1)
            c = torch.bmm(p.transpose(1, 2), enc_hidden)[:, 0]
            h = torch.rnn_tanh_cell(torch.cat([x, c], 1), h, *w)
            logits.append(self.mlp2(h))
        return torch.stack(logits).transpose(0, 1), h.unsqueeze(0)
