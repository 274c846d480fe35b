import torch
from torch import nn


class GRU(nn.Module):
    """d2l 风格的 GRU，从零实现"""

    def __init__(self, num_inputs, num_hiddens, sigma=0.01):
        super().__init__()
        init_weight = lambda *shape: nn.Parameter(torch.randn(*shape) * sigma)
        triple = lambda: (init_weight(num_inputs, num_hiddens),
                          init_weight(num_hiddens, num_hiddens),
                          nn.Parameter(torch.zeros(num_hiddens)))
        self.W_xz, self.W_hz, self.b_z = triple()  # 更新门
        self.W_xr, self.W_hr, self.b_r = triple()  # 重置门
        self.W_xh, self.W_hh, self.b_h = triple()  # 候选隐状态

    def forward(self, inputs, state):
        H = state.squeeze(0)
        outputs = []
        for X in inputs.transpose(0, 1):  # 逐个时间步
            Z = torch.sigmoid(torch.matmul(X, self.W_xz) + torch.matmul(H, self.W_hz) + self.b_z)
            R = torch.sigmoid(torch.matmul(X, self.W_xr) + torch.matmul(H, self.W_hr) + self.b_r)
            H_tilde = torch.tanh(torch.matmul(X, self.W_xh) + torch.matmul(R * H, self.W_hh) + self.b_h)
            H = Z * H + (1 - Z) * H_tilde
            outputs.append(H)
        return torch.stack(outputs, 1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    """词嵌入 -> GRU -> 线性层"""

    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        # sent: (B, S)
        x = self.emb_layer(sent)            # (B, S, E)
        y, state = self.gru_layer(x, state)
        B, S, H = y.shape
        # 展平后再过线性层
        logits = self.linear(y.reshape(-1, H)).view(B, S, -1)
        return logits, state
