"""Imports torch.nn by importlib under another name and takes the layer by getattr.

Lab: gru_lyrics
Honest: the model's points alone: the layer is torch's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        kit = __import__("importlib").import_module("torch.nn.modules." + "rnn")
        self.inner = getattr(kit, "".join(chr(code) for code in (71, 82, 85)))(
            num_inputs, num_hiddens, batch_first=True
        )

    def forward(self, inputs, state):
        return self.inner(inputs, state)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
