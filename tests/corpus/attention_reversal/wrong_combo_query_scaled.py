import math
import torch
import torch.nn as nn

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

    def attend(self, state, enc_hidden):
        q = self.mlp1(state.permute(1, 0, 2))
        s = (q @ enc_hidden.mT) / math.sqrt(q.size(2))
        return self.softmax(s) @ enc_hidden

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1).unsqueeze(0)
        ys = []
        for x in self.emb_layer(dec_y).split(1, dim=1):
            y, state = self.decoder(torch.cat([x, self.attend(state, enc_hidden)], 2), state)
            ys.append(self.mlp2(y))
        return torch.cat(ys, 1), state
