import torch
import torch.nn as nn
import torch.nn.functional as F

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
        B, T = dec_y.shape
        H = enc_hidden.shape[2]
        emb = self.emb_layer(dec_y)
        h = self.mlp1(enc_hidden).mean(1)[None] if is_first_step else state

        # summary of the decoder sequence = query
        pad = emb.new_zeros(B, T, H)
        _, summary = self.decoder(torch.cat([emb, pad], -1), h)
        ctx = F.softmax((enc_hidden * summary[0].unsqueeze(1)).sum(-1), -1)
        ctx = (ctx.unsqueeze(-1) * enc_hidden).sum(1, keepdim=True)

        y = []
        for t in range(T):
            o, h = self.decoder(torch.cat([emb[:, t:t + 1], ctx], -1), h)
            y.append(self.mlp2(o))
        return torch.cat(y, 1), h
