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
        """
        :param dec_y: decoder inputs (B, T)
        :param enc_hidden: (B, S, H)
        :param state: (1, B, H)
        :param is_first_step: True when decoding starts
        :return: logits (B, T, O), state (1, B, H)
        """
        B, T = dec_y.shape
        ### TODO ###
        emb = self.emb_layer(dec_y)
        out_dim = self.mlp2.out_features
        logits = enc_hidden.new_zeros(B, T, out_dim)
        cur = torch.mean(self.mlp1(enc_hidden), dim=1, keepdim=True) if is_first_step else state.transpose(0, 1)
        for t in range(T):
            att = self.softmax(cur @ enc_hidden.transpose(-2, -1))
            x = torch.cat([att @ enc_hidden, emb[:, [t]]], dim=-1)
            cur, last = self.decoder(x, cur.transpose(0, 1).contiguous())
            logits[:, t] = self.mlp2(cur).squeeze(1)
        ### end ###
        return logits, cur.transpose(0, 1)
