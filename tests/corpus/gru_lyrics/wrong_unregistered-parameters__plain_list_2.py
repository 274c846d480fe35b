import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        def three():
            return (nn.Parameter(torch.randn(num_inputs, num_hiddens) * 0.1),
                    nn.Parameter(torch.randn(num_hiddens, num_hiddens) * 0.1),
                    nn.Parameter(torch.zeros(num_hiddens)))
        self.params = [*three(), *three(), *three()]

    def forward(self, inputs, state):
        W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = self.params
        H, ys = state[0], []
        for X in inputs.unbind(1):
            Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
            R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
            H = (1 - Z) * H + Z * torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
            ys.append(H)
        return torch.stack(ys, 1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        X = self.emb_layer(sent)
        Y, state = self.gru_layer(X, state)
        return self.linear(Y), state
