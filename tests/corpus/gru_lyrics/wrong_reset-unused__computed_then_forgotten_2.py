import torch
from torch import nn


class GRU(nn.Module):
    """GRU with fused projections."""

    def __init__(self, num_inputs: int, num_hiddens: int):
        super().__init__()
        self.proj = nn.Linear(num_inputs + num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h_t = state[0]
        outputs = []
        for x_t in inputs.unbind(1):
            z, r, n = self.proj(torch.cat((x_t, h_t), -1)).chunk(3, -1)
            z_t, r_t, n_t = torch.sigmoid(z), torch.sigmoid(r), torch.tanh(n)
            h_t = (1 - z_t) * h_t + z_t * n_t
            outputs.append(h_t)
        return torch.stack(outputs, dim=1), h_t.unsqueeze(0)


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
