import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3, num_inputs, num_hiddens) * 0.1)
        self.U = nn.Parameter(torch.randn(3, num_hiddens, num_hiddens) * 0.1)
        self.b = nn.Parameter(torch.zeros(3, 1, num_hiddens))

    def forward(self, inputs, state):
        xw = torch.einsum('bsi,gih->sgbh', inputs, self.W)  # gates: 0 reset, 1 update, 2 candidate
        h = torch.zeros_like(state[0])
        seq = []
        for pre in xw:
            pre = pre + self.b
            gates = torch.sigmoid(pre[:2] + torch.einsum('bk,gkh->gbh', h, self.U[:2]))
            reset, update = gates[0], gates[1]
            cand = torch.tanh(pre[2] + torch.einsum('bk,kh->bh', reset * h, self.U[2]))
            h = update * h + (1 - update) * cand
            seq.append(h)
        return torch.stack(seq, dim=1), h.unsqueeze(0)


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
