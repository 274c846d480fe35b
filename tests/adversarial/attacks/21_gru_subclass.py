"""Subclasses torch's layer and calls the subclass its own.

Lab: gru_lyrics
Honest: the model's points alone: the layer is torch's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import torch.nn as nn


class GRU(nn.GRU):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__(num_inputs, num_hiddens, batch_first=True)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
