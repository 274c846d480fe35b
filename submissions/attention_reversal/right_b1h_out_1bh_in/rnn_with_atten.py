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
            query = self.mlp1(enc_hidden).mean(dim=1, keepdim=True)
        else:
            query = state.transpose(0, 1)      # (1,B,H) -> (B,1,H)

        y = []
        for i in range(dec_y.shape[1]):
            emb_i = self.emb_layer(dec_y[:, i:i + 1])
            att = torch.softmax(torch.bmm(enc_hidden, query.transpose(1, 2)), dim=1)   # (B,S,1)
            c = torch.bmm(att.transpose(1, 2), enc_hidden)
            query, _ = self.decoder(torch.cat([emb_i, c], dim=-1), query.transpose(0, 1).contiguous())
            y.append(self.mlp2(query))
        return torch.cat(y, dim=1), query
