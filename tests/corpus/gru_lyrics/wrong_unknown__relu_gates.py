import torch
import torch.nn as nn
from typing import Tuple


class GRU(nn.Module):
    def __init__(self, num_inputs: int, num_hiddens: int):
        super().__init__()
        self.params = nn.ParameterDict()
        for gate in ("z", "r", "h"):
            self.params["W_x" + gate] = nn.Parameter(torch.randn(num_inputs, num_hiddens) * 0.05)
            self.params["W_h" + gate] = nn.Parameter(torch.randn(num_hiddens, num_hiddens) * 0.05)
            self.params["b_" + gate] = nn.Parameter(torch.zeros(num_hiddens))

    def affine(self, gate: str, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        return x @ self.params["W_x" + gate] + h @ self.params["W_h" + gate] + self.params["b_" + gate]

    def forward(self, inputs: torch.Tensor, state: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
        H = state[0]
        outputs = []
        for t in range(inputs.shape[1]):
            X = inputs[:, t]
            Z = torch.relu(self.affine("z", X, H))
            R = torch.relu(self.affine("r", X, H))
            H_hat = torch.tanh(self.affine("h", X, R * H))
            H = Z * H + (1 - Z) * H_hat
            outputs.append(H)
        return torch.stack(outputs, dim=1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        sent_hidden, sent_state = self.gru_layer(sent_emb, state)
        sent_outputs = self.linear(sent_hidden)
        return sent_outputs, sent_state
