import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.register_buffer('r', torch.ones(1, num_hiddens))
        self.wx = nn.Linear(num_inputs, 2 * num_hiddens)
        self.wh = nn.Linear(num_hiddens, 2 * num_hiddens)

    def forward(self, inputs, state):
        h, ys = state.squeeze(0), []
        for x in inputs.unbind(1):
            xz, xn = self.wx(x).chunk(2, 1)
            hz, hn = self.wh(h).chunk(2, 1)
            z = torch.sigmoid(xz + hz)
            n = torch.tanh(xn + self.r * hn)
            h = z * h + (1 - z) * n
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
