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
        # X: (num_steps, batch_size, embed_size)
        X = self.emb_layer(dec_y).permute(1, 0, 2)
        hidden_state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0) if is_first_step else state
        outputs, self._attention_weights = [], []
        for x in X:
            query = torch.unsqueeze(hidden_state[-1], dim=1)
            scores = torch.bmm(query, enc_hidden.transpose(1, 2))
            weights = self.softmax(scores)
            self._attention_weights.append(weights.detach())
            context = torch.bmm(weights, enc_hidden)
            x = torch.cat((context, torch.unsqueeze(x, dim=1)), dim=-1)
            out, hidden_state = self.decoder(x, hidden_state)
            outputs.append(out.permute(1, 0, 2))
        outputs = self.mlp2(torch.cat(outputs, dim=0))
        return outputs.permute(1, 0, 2), hidden_state
