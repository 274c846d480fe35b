import torch
import torch.nn as nn


class GRU(nn.Module):
    # 三个门共用一组权重
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Linear(num_inputs, num_hiddens)
        self.U = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h = state[0]
        outs = []
        for t in range(inputs.shape[1]):
            x = inputs[:, t]
            z = torch.sigmoid(self.W(x) + self.U(h))
            r = torch.sigmoid(self.W(x) + self.U(h))
            n = torch.tanh(self.W(x) + self.U(r * h))
            h = z * h + (1 - z) * n
            outs.append(h)
        return torch.stack(outs, 1), h.unsqueeze(0)


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
