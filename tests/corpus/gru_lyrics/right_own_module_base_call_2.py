import torch
from torch import nn


class Module(nn.Module):
    """own base: shape checks around forward"""
    def __call__(self, *args, **kwargs):
        for a in args:
            assert not torch.is_tensor(a) or a.numel() > 0, 'empty tensor'
        return super().__call__(*args, **kwargs)


class GRU(Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.hid = num_hiddens
        self.big = nn.Parameter(torch.empty(num_inputs + num_hiddens + 1, 3 * num_hiddens).uniform_(-.2, .2))
        self.I = num_inputs

    @property
    def Wx(self): return self.big[:self.I]

    @property
    def Wh(self): return self.big[self.I:-1]

    @property
    def b(self): return self.big[-1]

    def forward(self, inputs, state):
        B, S, I = inputs.shape
        assert I == self.I
        assert state.shape == (1, B, self.hid), state.shape
        H = self.hid
        pre = inputs @ self.Wx + self.b
        h = state[0]
        ys = []
        for t in range(S):
            zr = torch.sigmoid(pre[:, t, :2 * H] + h @ self.Wh[:, :2 * H])
            z, r = zr[:, :H], zr[:, H:]
            n = torch.tanh(pre[:, t, 2 * H:] + (r * h) @ self.Wh[:, 2 * H:])
            h = z * h + (1 - z) * n
            assert h.shape == (B, H)
            ys.append(h)
        y = torch.stack(ys, dim=1)
        assert y.shape == (B, S, H)
        return y, h.reshape(1, B, H)


class LanguageModelBase(nn.Module):
    def encode(self, sent):
        raise NotImplementedError

    def decode(self, hidden):
        raise NotImplementedError

    def forward(self, sent, state):
        hidden, state = self.gru_layer(self.encode(sent), state)
        return self.decode(hidden), state


class Sequence_Modeling(LanguageModelBase):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def encode(self, sent):
        return self.emb_layer(sent)

    def decode(self, hidden):
        return self.linear(hidden)
