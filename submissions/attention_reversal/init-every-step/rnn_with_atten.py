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
        state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)      # (1,B,H)
        emb = self.emb_layer(dec_y)
        logits = []
        for t in range(dec_y.size(1)):
            score = torch.bmm(enc_hidden, state.permute(1, 2, 0)).transpose(1, 2)
            context = self.softmax(score).bmm(enc_hidden)
            out, state = self.decoder(torch.cat([emb[:, t:t + 1], context], -1), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, 1), state
