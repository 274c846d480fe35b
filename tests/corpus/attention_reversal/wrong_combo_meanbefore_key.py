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
        keys = self.mlp1(enc_hidden)
        h = self.mlp1(enc_hidden.mean(1)) if is_first_step else state.squeeze(0)
        logits = []
        for e in self.emb_layer(dec_y).unbind(dim=1):
            p = F.softmax(torch.bmm(keys, h.unsqueeze(2)).squeeze(2), dim=1)
            c = torch.bmm(p.unsqueeze(1), enc_hidden).squeeze(1)
            o, hn = self.decoder(torch.cat([c, e], 1).unsqueeze(1), h.unsqueeze(0))
            h = hn.squeeze(0)
            logits.append(self.mlp2(h))
        return torch.stack(logits, 1), h.unsqueeze(0)
