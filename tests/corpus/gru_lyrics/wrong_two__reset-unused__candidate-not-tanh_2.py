import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.f = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state[0], []
        for x in inputs.unbind(1):
            z, n = self.f(torch.cat([x, h], 1)).sigmoid().chunk(2, 1)
            h = torch.lerp(h, n, z)
            ys.append(h)
        return torch.stack(ys, 1), h.unsqueeze(0)


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
