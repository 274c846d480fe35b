import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        p = lambda a, b: nn.Parameter(torch.randn(a, b) * 0.1)
        self.W_xz, self.W_hz, self.b_z = p(num_inputs, num_hiddens), p(num_hiddens, num_hiddens), nn.Parameter(torch.zeros(num_hiddens))
        self.W_xr, self.W_hr, self.b_r = p(num_inputs, num_hiddens), p(num_hiddens, num_hiddens), nn.Parameter(torch.zeros(num_hiddens))
        self.W_xh, self.W_hh, self.b_h = p(num_inputs, num_hiddens), p(num_hiddens, num_hiddens), nn.Parameter(torch.zeros(num_hiddens))

    def forward(self, inputs, H):
        # 只算一个时间步
        Z = torch.sigmoid(inputs @ self.W_xz + H @ self.W_hz + self.b_z)
        R = torch.sigmoid(inputs @ self.W_xr + H @ self.W_hr + self.b_r)
        H_tilde = torch.tanh(inputs @ self.W_xh + (R * H) @ self.W_hh + self.b_h)
        H = Z * H + (1 - Z) * H_tilde
        return H, H


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        emb = self.emb_layer(sent).permute(1, 0, 2)
        outputs = []
        for x in emb:                       # 每个时间步调用一次 GRU
            y, new_state = self.gru_layer(x, state[0])
            outputs.append(y)
        outputs = torch.stack(outputs, dim=1)
        return self.linear(outputs), new_state.unsqueeze(0)
