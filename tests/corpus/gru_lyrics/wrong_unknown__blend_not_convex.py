import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        for name in ['z', 'r', 'c']:
            self.register_parameter('wx_' + name, nn.Parameter(0.1 * torch.randn(num_inputs, num_hiddens)))
            self.register_parameter('wh_' + name, nn.Parameter(0.1 * torch.randn(num_hiddens, num_hiddens)))
            self.register_parameter('bias_' + name, nn.Parameter(torch.zeros(num_hiddens)))

    def pre(self, name, x, h):
        wx, wh, b = (getattr(self, p + name) for p in ('wx_', 'wh_', 'bias_'))
        return torch.addmm(torch.addmm(b, x, wx), h, wh)

    def forward(self, inputs, state):
        h = state.reshape(state.size(-2), state.size(-1))
        out = []
        for k in range(inputs.size(1)):
            x = inputs.select(1, k)
            z = self.pre('z', x, h).sigmoid()
            r = self.pre('r', x, h).sigmoid()
            c = self.pre('c', x, r.mul(h)).tanh()
            h = h.add(z.mul(c))
            out.append(h)
        return torch.stack(out, dim=1), h.unsqueeze(0)


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
