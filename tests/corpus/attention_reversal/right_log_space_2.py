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
        def weights(h):
            e = torch.matmul(enc_hidden, h.movedim(0, -1))[..., 0]
            return (e - torch.logsumexp(e, dim=1, keepdim=True)).exp()

        if is_first_step:
            del state
            state = self.mlp1(enc_hidden).mean(1).unsqueeze(0)
        outs = ()
        for t in range(dec_y.shape[-1]):
            a = weights(state)
            context = torch.sum(enc_hidden.mul(a.unsqueeze(2)), dim=1, keepdim=True)
            token = self.emb_layer(dec_y[:, t]).unsqueeze(1)
            out, state = self.decoder(torch.cat((token, context), -1), state)
            outs += (self.mlp2(out).squeeze(1),)
        return torch.stack(outs, dim=1), state
