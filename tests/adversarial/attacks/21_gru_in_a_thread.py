"""Runs torch's layer in a thread that no profiler watches.

Lab: gru_lyrics
Honest: the model's points alone: the layer is torch's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import threading

import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.inner = getattr(nn, "URG"[::-1])(num_inputs, num_hiddens, batch_first=True)

    def forward(self, inputs, state):
        answers = []
        worker = threading.Thread(target=lambda: answers.append(self.inner(inputs, state)))
        worker.start()
        worker.join()
        return answers[0]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
