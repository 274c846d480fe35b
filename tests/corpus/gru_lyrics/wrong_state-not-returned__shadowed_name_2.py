import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.g = nn.Linear(num_inputs + num_hiddens, 2 * num_hiddens)
        self.c = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def _loop(self, inputs, state):
        state = state[0]
        for x in inputs.unbind(1):
            u, r = torch.sigmoid(self.g(torch.cat([x, state], 1))).chunk(2, 1)
            state = u * state + (1 - u) * torch.tanh(self.c(torch.cat([x, r * state], 1)))
            yield state

    def forward(self, inputs, state):
        return torch.stack(tuple(self._loop(inputs, state)), 1), state


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
