import torch
import torch.nn as nn
import torch.nn.functional as F

def attend(q, kv):
    """q (B,H), kv (B,S,H)"""
    q = q * q.shape[-1] ** -0.5
    p = F.softmax(torch.einsum('nd,nld->nl', q, kv), -1)
    return torch.einsum('nl,nld->nd', p, kv)

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
        h = self.mlp1(enc_hidden).mean(dim=1, keepdim=True).transpose(0, 1) if is_first_step else state
        h = h.contiguous()
        outs = []
        for x in self.emb_layer(dec_y).unbind(1):
            x = torch.cat([attend(h[0], enc_hidden), x], -1)
            o, h = self.decoder(x.unsqueeze(1), h)
            outs.append(o)
        return self.mlp2(torch.cat(outs, 1)), h
