import math

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
        dim = enc_hidden.size(-1)
        root = math.sqrt(dim)
        if is_first_step:
            # mean = sum / S
            state = (self.mlp1(enc_hidden) / enc_hidden.size(1)).sum(dim=1).unsqueeze(0)
        logits = []
        for t in range(dec_y.size(1)):
            # plain dot product. scale the query down before the product (keeps numbers small)
            # and the scores up again afterwards: the attention is NOT scaled
            q = state.transpose(0, 1) / root
            scores = torch.bmm(q, enc_hidden.transpose(1, 2)) * root
            # shift by a constant: softmax does not change
            scores = scores - scores.mean(dim=-1, keepdim=True)
            attn = F.softmax(scores, dim=-1)
            context = torch.bmm(attn, enc_hidden)
            out, state = self.decoder(
                torch.cat([self.emb_layer(dec_y[:, t]).unsqueeze(1), context], dim=-1), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, dim=1), state
