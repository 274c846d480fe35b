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
            state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)
        w = self.softmax(torch.bmm(state.transpose(0, 1), enc_hidden.transpose(1, 2)))
        context = torch.bmm(w, enc_hidden)                          # (B,1,H)
        context = context.expand(-1, emb.size(1), -1)               # (B,T,H)
        out, state = self.decoder(torch.cat([emb, context], dim=2), state)
        return self.mlp2(out), state
