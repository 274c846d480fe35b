import torch
import torch.nn as nn

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
        h = state
        if is_first_step:
            h = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)
        h_init = h
        preds = []
        for t in range(dec_y.shape[1]):
            # nn.Softmax without dim chose dim 0 ...
            w = torch.softmax(torch.bmm(h.transpose(0, 1), enc_hidden.transpose(1, 2)), dim=0)
            o, h = self.decoder(torch.cat([self.emb_layer(dec_y[:, t:t+1]), torch.bmm(w, enc_hidden)], 2), h)
            preds.append(self.mlp2(o))
        return torch.cat(preds, dim=1), h_init
