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
        # vectorised, no slow python loop :)
        x = self.emb_layer(dec_y)                                          # B,T,E
        if is_first_step:
            h0 = self.mlp1(enc_hidden)
            h0 = torch.mean(h0, dim=1, keepdim=True)
            h0 = h0.permute(1, 0, 2).contiguous()
        else:
            h0 = state
        scores = torch.matmul(x, enc_hidden.transpose(-1, -2))             # B,T,S
        attn = F.softmax(scores, dim=-1)
        ctx = torch.matmul(attn, enc_hidden)                               # B,T,H
        dec_out, hn = self.decoder(torch.cat((ctx, x), dim=-1), h0)
        return self.mlp2(dec_out), hn
