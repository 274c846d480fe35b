import torch
import torch.nn as nn

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
        emb = self.emb_layer(dec_y)
        # attention for all positions at once: (B,T,S)
        att = torch.einsum('bth,bsh->bts', emb, enc_hidden)
        att = self.softmax(att)
        ctx = torch.einsum('bts,bsh->bth', att, enc_hidden)
        x = torch.cat([ctx, emb], dim=-1)
        h = self.mlp1(enc_hidden).mean(1).unsqueeze(0) if is_first_step else state
        ys = []
        for t in range(x.size(1)):
            y, h = self.decoder(x[:, t:t + 1], h)
            ys.append(self.mlp2(y))
        return torch.cat(ys, 1), h
