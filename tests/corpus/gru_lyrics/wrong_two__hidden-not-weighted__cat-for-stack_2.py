import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs: int, num_hiddens: int):
        super().__init__()
        self.x = nn.Linear(num_inputs, 3 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for g in self.x(inputs).unbind(1):
            z, r, n = g.chunk(3, 1)
            z = torch.sigmoid(z + h)
            r = torch.sigmoid(r + h)
            h = z * h + (1 - z) * torch.tanh(n + r * h)
            ys.append(h)
        return torch.cat(ys, 0).reshape(inputs.size(0), inputs.size(1), -1), h.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    """Embedding -> GRU -> Linear language model."""

    def __init__(self, vocab_size: int, embedding_size: int, num_outputs: int, hidden_size: int) -> None:
        super().__init__()
        self.emb_layer = nn.Embedding(num_embeddings=vocab_size, embedding_dim=embedding_size)
        self.gru_layer = GRU(num_inputs=embedding_size, num_hiddens=hidden_size)
        self.linear = nn.Linear(in_features=hidden_size, out_features=num_outputs, bias=True)

    def forward(self, sent: torch.Tensor, state: torch.Tensor):
        # (B, S) -> (B, S, E)
        embedded = self.emb_layer(sent)
        # (B, S, E) -> (B, S, H)
        outputs, new_state = self.gru_layer(embedded, state)
        # (B, S, H) -> (B, S, O)
        logits = self.linear(outputs)
        return logits, new_state
