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
        B, S, H = enc_hidden.size()
        if is_first_step:
            flat = enc_hidden.reshape(B * S, H)
            flat = self.mlp1(flat)
            dec_state = flat.reshape(B, S, H).mean(1)
        else:
            dec_state = state.reshape(B, H)

        T = dec_y.size(1)
        buf = [None] * T
        for t in range(T):
            # (B,S,H) x (B,H,1)
            att_score = enc_hidden.matmul(dec_state.unsqueeze(2))
            att_weight = self.softmax(att_score.reshape(B, 1, S))
            att_out = (att_weight.reshape(B, S, 1).expand(B, S, H) * enc_hidden).sum(1)
            token_emb = self.emb_layer(dec_y[:, t])
            dec_in = torch.cat([token_emb, att_out], dim=-1).reshape(B, 1, -1)
            dec_out, dec_state = self.decoder(dec_in, dec_state.reshape(1, B, H))
            dec_state = dec_state.reshape(B, H)
            buf[t] = self.mlp2(dec_out.reshape(B, H))
        return torch.stack(buf, dim=1), dec_state.reshape(1, B, H)
