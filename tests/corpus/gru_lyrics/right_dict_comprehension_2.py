import torch
from torch import nn


class GRU(nn.Module):
    GATES = {'z': torch.sigmoid, 'r': torch.sigmoid, 'h': torch.tanh}

    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.x = nn.ParameterDict({k: nn.Parameter(nn.init.xavier_normal_(torch.empty(num_inputs, num_hiddens))) for k in self.GATES})
        self.h = nn.ParameterDict({k: nn.Parameter(nn.init.orthogonal_(torch.empty(num_hiddens, num_hiddens))) for k in self.GATES})
        self.b = nn.ParameterDict({k: nn.Parameter(torch.zeros(1, num_hiddens)) for k in self.GATES})

    def forward(self, inputs, state):
        xs = {k: inputs @ self.x[k] + self.b[k] for k in self.GATES}
        H = state.squeeze(0)
        ys = []
        for t in range(inputs.shape[1]):
            g = {k: self.GATES[k](xs[k][:, t] + H @ self.h[k]) for k in ('z', 'r')}
            g['h'] = self.GATES['h'](xs['h'][:, t] + (g['r'] * H) @ self.h['h'])
            H = g['z'] * H + (1 - g['z']) * g['h']
            ys.append(H)
        return torch.stack(ys, 1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        batch, steps = sent.shape
        hidden, state = self.gru_layer(self.emb_layer(sent), state)
        logits = self.linear(hidden.reshape(batch * steps, -1))
        return logits.view(batch, steps, -1), state
