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

    def score(self, query, value):
        # general score  q^T W k
        key = self.mlp1(value)
        return (query.unsqueeze(1) * key).sum(dim=2)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        B = dec_y.size(0)
        if is_first_step:
            hid = self.mlp1(enc_hidden).mean(1)
        else:
            hid = state.view(B, -1)
        out_seq = []
        for t in range(dec_y.size(1)):
            prob = F.softmax(self.score(hid, enc_hidden), dim=1)
            ctx = torch.bmm(prob.view(B, 1, -1), enc_hidden).view(B, -1)
            inp = torch.cat((ctx, self.emb_layer(dec_y[:, t])), dim=1)
            o, hn = self.decoder(inp.view(B, 1, -1), hid.unsqueeze(0))
            hid = hn.view(B, -1)
            out_seq.append(self.mlp2(hid))
        return torch.stack(out_seq, 1), hid.unsqueeze(0)
