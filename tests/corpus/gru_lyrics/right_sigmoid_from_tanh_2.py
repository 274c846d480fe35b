import torch
from torch import nn


class HalfTanh:
    """callable: sigma(v) = (1 + tanh(v/2)) / 2"""
    def __call__(self, v):
        return torch.tanh(v.mul(0.5)).add(1).div(2)


class GRU(nn.Module):
    sigma = HalfTanh()

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Linear(num_inputs, num_hiddens * 3)
        self.U = nn.Linear(num_hiddens, num_hiddens * 2, bias=False)
        self.V = nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.n = num_hiddens

    def forward(self, inputs, state):
        shape = state.shape
        h = state.reshape(-1, self.n)
        xw = self.W(inputs)
        result = []
        for t in range(xw.shape[1]):
            cur = xw[:, t]
            both = self.sigma(cur.narrow(1, 0, 2 * self.n) + self.U(h))
            u, r = both.narrow(1, 0, self.n), both.narrow(1, self.n, self.n)
            cand = torch.tanh(cur.narrow(1, 2 * self.n, self.n) + self.V(r * h))
            h = u * h + (1 - u) * cand
            result.append(h)
        return torch.stack(result, 1), h.reshape(shape)


class Sequence_Modeling(nn.Module):
    """歌词预测模型"""
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        """sent (B,S)，state (1,B,H)"""
        词向量 = self.emb_layer(sent)
        hidden, state = self.gru_layer(词向量, state)
        output = self.linear(hidden)
        # print(output.shape)
        return output, state
