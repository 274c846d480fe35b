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
            state = self.mlp1(enc_hidden[:, -1]).unsqueeze(0)
        emb = self.emb_layer(dec_y)
        att = self.softmax(torch.bmm(state.transpose(0, 1), enc_hidden.transpose(1, 2)))
        ctx = torch.bmm(att, enc_hidden).repeat(1, emb.shape[1], 1)
        out, _ = self.decoder(torch.cat([ctx, emb], dim=-1), state)
        return self.mlp2(out), state
