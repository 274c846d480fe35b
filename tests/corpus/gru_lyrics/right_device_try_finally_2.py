import torch
from torch import nn


class GRU(nn.Module):
    calls = 0

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.lin_z = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.lin_r = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.lin_h = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        p = next(self.parameters())
        inputs = inputs.to(p.device).to(p.dtype)
        state = state.to(p.device).to(p.dtype)
        old = GRU.calls
        try:
            with torch.set_grad_enabled(torch.is_grad_enabled()):
                hidden = [state[0]]
                t = 0
                while t < inputs.shape[1]:
                    xh = torch.hstack((inputs[:, t], hidden[t]))
                    z = torch.sigmoid(self.lin_z(xh))
                    r = torch.sigmoid(self.lin_r(xh))
                    n = torch.tanh(self.lin_h(torch.hstack((inputs[:, t], r * hidden[t]))))
                    hidden.append(z * hidden[t] + (1 - z) * n)
                    t += 1
                return torch.stack(hidden[1:], dim=1), hidden[-1].unsqueeze(0)
        finally:
            GRU.calls = old + 1


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
