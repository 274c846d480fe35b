import torch
import torch.nn as nn
import torch.nn.functional as F

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)   # for the first decoder state
        self.mlp2 = nn.Linear(hidden_size, num_outputs)   # output layer
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(emb, state)
        return enc_hidden, state

    def forward(self, enc_x, dec_y, state=None):
        enc_hidden, state = self.encode(enc_x, state)
        logits, _ = self.decode(dec_y, enc_hidden, state)
        return logits

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        dec_emb = self.emb_layer(dec_y)
        enc_key = self.mlp1(enc_hidden)                      # keys
        if is_first_step:
            state = self.mlp1(torch.mean(enc_hidden, dim=1)).unsqueeze(0)
        result = []
        for t in range(dec_emb.shape[1]):
            dec_query = dec_emb[:, t].unsqueeze(-1)          # (B,E,1)   E == H
            a = F.softmax(torch.bmm(enc_key, dec_query), dim=1)
            ctx = torch.bmm(a.transpose(1, 2), enc_hidden)
            o, state = self.decoder(torch.cat([ctx, dec_emb[:, t:t + 1]], dim=2), state)
            result.append(self.mlp2(o))
        return torch.cat(result, dim=1), state
