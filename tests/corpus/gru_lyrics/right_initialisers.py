import torch
import torch.nn as nn
from torch.nn import init


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.hidden_size = num_hiddens
        self.weight_x = nn.Parameter(torch.Tensor(num_inputs, 3 * num_hiddens))
        self.weight_h = nn.Parameter(torch.Tensor(num_hiddens, 2 * num_hiddens))
        self.weight_c = nn.Parameter(torch.Tensor(num_hiddens, num_hiddens))
        self.bias = nn.Parameter(torch.Tensor(3 * num_hiddens))
        self.init_weights()

    def init_weights(self):
        init.xavier_normal_(self.weight_x)
        init.orthogonal_(self.weight_h)
        init.orthogonal_(self.weight_c)
        init.zeros_(self.bias)
        with torch.no_grad():
            self.bias[:self.hidden_size].fill_(1.0)   # remember by default

    def forward(self, inputs, state):
        n = self.hidden_size
        h = state.squeeze(0)
        outputs = []
        for t in range(inputs.size(1)):
            wx = torch.matmul(inputs[:, t], self.weight_x) + self.bias
            wh = torch.matmul(h, self.weight_h)
            z = torch.sigmoid(wx[:, :n] + wh[:, :n])
            r = torch.sigmoid(wx[:, n:2 * n] + wh[:, n:])
            c = torch.tanh(wx[:, 2 * n:] + torch.matmul(r * h, self.weight_c))
            h = c + z * (h - c)
            outputs.append(h)
        return torch.stack(outputs, dim=1), h.unsqueeze(0)

    def extra_repr(self):
        return 'hidden_size={}'.format(self.hidden_size)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        sent_hidden, sent_state = self.gru_layer(sent_emb, state)
        sent_outputs = self.linear(sent_hidden)
        return sent_outputs, sent_state
