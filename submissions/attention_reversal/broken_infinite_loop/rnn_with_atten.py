"""Lab: reverse a sequence with an encoder, a decoder and dot-product attention.

Fill in the region between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
Forbidden: torch's attention functions and modules.

Shapes: B batch, S source steps, T target steps, H hidden, O outputs.
"""

import torch
import torch.nn as nn


class Sequence_Modeling(nn.Module):
    """An encoder that reads a sequence and a decoder that attends to the encoder's states."""

    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        """Return the encoder's states: (B, S), (1, B, H) -> (B, S, H), (1, B, H)."""
        enc_hidden, state = self.encoder(self.emb_layer(enc_x), state)
        return enc_hidden, state

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        """Return logits and state: (B, T), (B, S, H), (1, B, H) -> (B, T, O), (1, B, H).

        On the first step the state is the mean over source steps of mlp1(enc_hidden), and the
        one given is ignored. At each target step the current state is the query; enc_hidden
        are keys and values; the decoder reads the context and the token's embedding; the
        logits are mlp2 of its output.
        """
        # >>> TODO 1
        while True:
            pass
        # <<< TODO 1
