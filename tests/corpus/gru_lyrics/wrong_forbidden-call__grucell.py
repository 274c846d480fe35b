import torch
from torch import nn
from torch.nn import GRUCell as Cell


class GRU(nn.Module):
    """自己写循环，单步用库里的 Cell"""
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.cell = Cell(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        h, outs = state[0], []
        for t in range(inputs.size(1)):
            h = self.cell(inputs[:, t], h)
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
