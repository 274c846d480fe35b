import torch
import torch.nn as nn
from torch.nn.functional import softmax

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
        h = self.mlp1(enc_hidden).mean(1)
        temperature = enc_hidden.shape[-1] ** .5
        out = []
        for t in range(dec_y.shape[1]):
            e = torch.einsum('bh,bsh->bs', h, enc_hidden)
            c = torch.einsum('bs,bsh->bh', softmax(e / temperature, 1), enc_hidden)
            o, hn = self.decoder(torch.cat([c, self.emb_layer(dec_y[:, t])], 1)[:, None], h[None])
            h = hn[0]
            out.append(self.mlp2(h))
        return torch.stack(out, 1), h[None]
