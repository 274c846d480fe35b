import torch
from torch import nn


class Sigmoid(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        y = 1 / (1 + torch.exp(-a))
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        y, = ctx.saved_tensors
        return g * y * (1 - y)


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.wz = nn.Linear(num_inputs, num_hiddens)
        self.uz = nn.Linear(num_hiddens, num_hiddens)
        self.wr = nn.Linear(num_inputs, num_hiddens)
        self.ur = nn.Linear(num_hiddens, num_hiddens)
        self.wn = nn.Linear(num_inputs, num_hiddens)
        self.un = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        h = state.squeeze(0)
        collected = []
        for i in range(inputs.shape[1]):
            x = inputs[:, i]
            z = Sigmoid.apply(self.wz(x) + self.uz(h))
            r = Sigmoid.apply(self.wr(x) + self.ur(h))
            n = torch.tanh(self.wn(x) + r * self.un(h))
            h = (1 - z) * n + z * h
            collected.append(h)
        return torch.stack(collected, dim=1), h.unsqueeze(0)


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
