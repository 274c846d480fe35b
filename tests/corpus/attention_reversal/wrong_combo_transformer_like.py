import math
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

    def dot_product_attention(self, q, k, v):
        d_k = q.size(-1)
        p_attn = self.softmax(torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(d_k))
        return torch.matmul(p_attn, v)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        """ Attention is all you need """
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)
        outs = []
        for i in range(dec_y.size(1)):
            q, k = [self.mlp1(z) for z in (state.transpose(0, 1), enc_hidden)]
            ctx = self.dot_product_attention(q, k, enc_hidden)
            o, state = self.decoder(torch.cat([self.emb_layer(dec_y[:, i:i+1]), ctx], -1), state)
            outs.append(self.mlp2(o))
        return torch.cat(outs, dim=1), state
