import torch
import torch.nn as nn
import torch.nn.functional as F

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.hidden_size = hidden_size
        # encoder and decoder
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        """
        :param enc_x: (B, S) source tokens
        :param state: initial state of the encoder
        :return: enc_hidden (B, S, H), state (1, B, H)
        """
        enc_emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(enc_emb, state)
        return enc_hidden, state

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):

        def init():
            return self.mlp1(enc_hidden).mean(dim=-2)

        def look(h):
            a = F.softmax((enc_hidden * h.unsqueeze(1)).sum(2), dim=1)
            return torch.bmm(a.unsqueeze(1), enc_hidden).squeeze(1)

        def step(h, e):
            x = torch.cat([look(h), e], dim=1).unsqueeze(1)
            o, hn = self.decoder(x, h.unsqueeze(0))
            return hn[0], self.mlp2(o)

        h = init() if is_first_step else state[0]
        res = []
        for e in torch.unbind(self.emb_layer(dec_y), dim=1):
            h, l = step(h, e)
            res.append(l)
        return torch.cat(res, 1), h[None, ...]
