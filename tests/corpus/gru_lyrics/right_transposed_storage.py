import torch
import torch.nn as nn


class GRU(nn.Module):
    # works with column vectors as in the lecture: h is (H, B), x is (I, B)
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        g = lambda r, c: nn.Parameter(torch.randn(r, c) * 0.1)
        self.Wz, self.Uz, self.bz = g(num_hiddens, num_inputs), g(num_hiddens, num_hiddens), g(num_hiddens, 1)
        self.Wr, self.Ur, self.br = g(num_hiddens, num_inputs), g(num_hiddens, num_hiddens), g(num_hiddens, 1)
        self.Wh, self.Uh, self.bh = g(num_hiddens, num_inputs), g(num_hiddens, num_hiddens), g(num_hiddens, 1)

    def forward(self, inputs, state):
        h = state[0].T
        cols = []
        for t in range(inputs.shape[1]):
            x = inputs[:, t].T
            z = torch.sigmoid(self.Wz @ x + self.Uz @ h + self.bz)
            r = torch.sigmoid(self.Wr @ x + self.Ur @ h + self.br)
            hh = torch.tanh(self.Wh @ x + self.Uh @ (r * h) + self.bh)
            h = z * h + (1 - z) * hh
            cols.append(h)
        out = torch.stack(cols, 0).permute(2, 0, 1).contiguous()
        return out, h.T.unsqueeze(0)


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
