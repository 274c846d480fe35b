import torch
from torch import nn, einsum

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
        h = self.mlp1(enc_hidden).mean(1)[None] if is_first_step else state
        ys = []
        for e in self.emb_layer(dec_y).unbind(1):
            a = einsum('kbh,bsh->bs', h, enc_hidden).softmax(-1)
            c = einsum('bs,bsh->bh', a, enc_hidden)
            o, h = self.decoder(torch.cat((c, e), -1)[:, None], h.contiguous())
            ys.append(self.mlp2(o[:, 0]))
        return torch.stack(ys, 1), h
