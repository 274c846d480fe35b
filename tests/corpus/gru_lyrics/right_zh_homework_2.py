# -*- coding: utf-8 -*-
import math
import torch
import torch.nn as nn


class GRU(nn.Module):
    """手写GRU，不调用nn.GRU"""

    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.输入维度 = num_inputs
        self.hidden = num_hiddens
        # 更新门
        self.W_xz = nn.Parameter(torch.Tensor(num_inputs, num_hiddens))
        self.W_hz = nn.Parameter(torch.Tensor(num_hiddens, num_hiddens))
        self.b_z = nn.Parameter(torch.Tensor(num_hiddens))
        # 重置门
        self.W_xr = nn.Parameter(torch.Tensor(num_inputs, num_hiddens))
        self.W_hr = nn.Parameter(torch.Tensor(num_hiddens, num_hiddens))
        self.b_r = nn.Parameter(torch.Tensor(num_hiddens))
        # 候选隐状态
        self.W_xh = nn.Parameter(torch.Tensor(num_inputs, num_hiddens))
        self.W_hh = nn.Parameter(torch.Tensor(num_hiddens, num_hiddens))
        self.b_h = nn.Parameter(torch.Tensor(num_hiddens))
        self.init_weights()

    def init_weights(self):
        标准差 = 1.0 / math.sqrt(self.hidden)
        for 参数 in self.parameters():
            nn.init.uniform_(参数, -标准差, 标准差)

    def forward(self, inputs, state):
        批量, 步数, _ = inputs.shape
        H = state.view(批量, self.hidden)
        输出 = []
        for t in range(步数):
            X = inputs[:, t, :]
            Z = torch.sigmoid(torch.mm(X, self.W_xz) + torch.mm(H, self.W_hz) + self.b_z)
            R = torch.sigmoid(torch.mm(X, self.W_xr) + torch.mm(H, self.W_hr) + self.b_r)
            候选 = torch.tanh(torch.mm(X, self.W_xh) + torch.mm(R * H, self.W_hh) + self.b_h)
            H = Z * H + (1 - Z) * 候选
            输出.append(H.unsqueeze(1))
        return torch.cat(输出, dim=1), H.view(1, 批量, self.hidden)


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
