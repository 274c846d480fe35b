import math
import torch
from torch import nn
from torch.nn import init


class GRU(nn.Module):
    __constants__ = ['num_inputs', 'num_hiddens']

    def __init__(self, num_inputs, num_hiddens, device=None, dtype=None):
        factory = {'device': device, 'dtype': dtype}
        super().__init__()
        self.num_inputs, self.num_hiddens = num_inputs, num_hiddens
        for gate in ('update', 'reset', 'cand'):
            for kind, shape in (('ih', (num_hiddens, num_inputs)), ('hh', (num_hiddens, num_hiddens)), ('b', (num_hiddens,))):
                setattr(self, f'{gate}_{kind}', nn.Parameter(torch.empty(shape, **factory)))
        self.reset_parameters()

    def reset_parameters(self):
        for name, p in self.named_parameters():
            if name.endswith('_b'):
                init.constant_(p, 1.0 if name.startswith('update') else 0.0)
            elif name.endswith('hh'):
                init.orthogonal_(p, gain=init.calculate_gain('tanh') if 'cand' in name else 1)
            else:
                init.kaiming_uniform_(p, a=math.sqrt(5))

    def extra_repr(self):
        return f'{self.num_inputs}, {self.num_hiddens}'

    def gate(self, name, x, h):
        ih, hh, b = (getattr(self, f'{name}_{k}') for k in ('ih', 'hh', 'b'))
        return nn.functional.linear(x, ih, b) + nn.functional.linear(h, hh)

    def forward(self, inputs, state):
        inputs = inputs.to(device=self.update_b.device, dtype=self.update_b.dtype)
        h = state.to(inputs)[0]
        outs = inputs.new_zeros(inputs.size(0), 0, self.num_hiddens)
        for t in range(inputs.size(1)):
            x = inputs[:, t]
            z = self.gate('update', x, h).sigmoid()
            r = self.gate('reset', x, h).sigmoid()
            h = z * h + (1 - z) * self.gate('cand', x, r * h).tanh()
            outs = torch.cat([outs, h.unsqueeze(1)], dim=1)
        return outs, h.unsqueeze(0)


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
