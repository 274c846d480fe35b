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
        if is_first_step: state = self.mlp1(enc_hidden).mean(1, True).permute(1, 0, 2).contiguous()
        emb = self.emb_layer(dec_y); L = []; t = 0
        while t < emb.size(1):
            A = enc_hidden.bmm(state.permute(1, 2, 0)).softmax(1)     # (B,S,1)
            C = A.transpose(1, 2).bmm(enc_hidden)
            O, state = self.decoder(torch.cat([emb[:, t:t+1], C], -1), state)
            L.append(O); t += 1
        return self.mlp2(torch.cat(L, 1)), state
