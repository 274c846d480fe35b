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
        emb = F.embedding(dec_y, self.emb_layer.weight)
        h = state
        if is_first_step:
            h = F.linear(enc_hidden, self.mlp1.weight, self.mlp1.bias).mean(1).unsqueeze(0)
        outs = []
        for t in range(emb.shape[1]):
            score = torch.matmul(h.transpose(0, 1), enc_hidden.transpose(1, 2))
            ctx = torch.matmul(F.softmax(score, -1), enc_hidden)
            o, h = self.decoder(torch.cat([ctx, emb[:, t:t + 1]], -1), h)
            outs.append(F.linear(o, self.mlp2.weight, self.mlp2.bias))
        return torch.cat(outs, 1), h
