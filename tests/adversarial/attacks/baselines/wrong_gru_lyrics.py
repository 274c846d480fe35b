"""A layer that returns zeros beside a right model: what no attack may beat.

Lab: gru_lyrics
"""

import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.from_input = nn.ModuleList(nn.Linear(num_inputs, num_hiddens) for _ in range(3))
        self.from_state = nn.ModuleList(
            nn.Linear(num_hiddens, num_hiddens, bias=False) for _ in range(3)
        )

    def forward(self, inputs, state):
        return inputs.new_zeros(*inputs.shape[:2], state.shape[-1]), state


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
