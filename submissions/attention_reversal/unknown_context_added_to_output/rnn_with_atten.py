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
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1)[None]
        res = []
        for t in range(emb.size(1)):
            ctx = self.softmax(state.transpose(0, 1) @ enc_hidden.transpose(1, 2)) @ enc_hidden
            out, state = self.decoder(torch.cat([emb[:, t:t+1], ctx], -1), state)
            res.append(self.mlp2(out + ctx))      # skip connection, trains faster
        return torch.cat(res, 1), state
