from typing import Tuple

import torch
import torch.nn as nn
from torch import Tensor


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)   # for the first decoder state
        self.mlp2 = nn.Linear(hidden_size, num_outputs)   # output layer
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(emb, state)
        return enc_hidden, state

    def forward(self, enc_x, dec_y, state=None):
        enc_hidden, state = self.encode(enc_x, state)
        logits, _ = self.decode(dec_y, enc_hidden, state)
        return logits

    def _initial_state(self, enc_hidden: Tensor) -> Tensor:
        """(B, S, H) -> (1, B, H)"""
        return self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)

    def _attend(self, query: Tensor, memory: Tensor) -> Tensor:
        """Dot-product attention. query (B, 1, H), memory (B, S, H) -> (B, 1, H)."""
        scores: Tensor = torch.matmul(query, memory.transpose(1, 2))
        return torch.matmul(self.softmax(scores), memory)

    def _step(self, token: Tensor, memory: Tensor, state: Tensor) -> Tuple[Tensor, Tensor]:
        context = self._attend(state.transpose(0, 1), memory)
        decoder_input = torch.cat([self.emb_layer(token), context], dim=-1)
        output, state = self.decoder(decoder_input, state)
        return self.mlp2(output), state

    def decode(self, dec_y: Tensor, enc_hidden: Tensor, state: Tensor,
               is_first_step: bool = True) -> Tuple[Tensor, Tensor]:
        if is_first_step:
            state = self._initial_state(enc_hidden)
        logits = []
        for token in dec_y.split(1, dim=1):
            step_logits, state = self._step(token, enc_hidden, state)
            logits.append(step_logits)
        return torch.cat(logits, dim=1), state
