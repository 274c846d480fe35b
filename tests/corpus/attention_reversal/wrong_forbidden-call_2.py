import math
import torch
import torch.nn as nn
import torch.nn.functional as F

_PARTS = ('scaled', 'dot', 'product', 'attention')
_mix = getattr(F, '_'.join(_PARTS))

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        return self.encoder(self.emb_layer(enc_x), state)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        h = self.mlp1(enc_hidden).mean(1, keepdim=True) if is_first_step else state.transpose(0, 1)
        fix = math.sqrt(enc_hidden.size(-1))
        out = []
        for e in self.emb_layer(dec_y).split(1, dim=1):
            c = _mix(h * fix, enc_hidden, enc_hidden)
            h, _ = self.decoder(torch.cat([c, e], -1), h.transpose(0, 1).contiguous())
            out.append(self.mlp2(h))
        return torch.cat(out, 1), h.transpose(0, 1)
