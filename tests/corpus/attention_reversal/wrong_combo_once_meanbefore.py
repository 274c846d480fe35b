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
        if is_first_step:
            state = self.mlp1(enc_hidden.mean(1, keepdim=True)).transpose(0, 1).contiguous()
        ctx = self.softmax(state.transpose(0, 1).bmm(enc_hidden.transpose(1, 2))).bmm(enc_hidden)
        y = []
        for e in self.emb_layer(dec_y).split(1, 1):
            o, state = self.decoder(torch.cat((ctx, e), 2), state); y.append(self.mlp2(o))
        return torch.cat(y, 1), state
