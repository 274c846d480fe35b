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
        B, T = dec_y.shape
        dec_state = state
        if is_first_step:
            avg = enc_hidden.sum(dim=1) / enc_hidden.shape[1]
            dec_state = self.mlp1(avg).reshape(1, B, -1)
        outputs = []
        for t in range(T):
            att = (enc_hidden * dec_state.reshape(B, 1, -1)).sum(-1)
            att = torch.softmax(att, dim=-1).unsqueeze(-1)
            ctx = (att * enc_hidden).sum(dim=1)
            inp = torch.cat([self.emb_layer(dec_y[:, t]), ctx], dim=-1)
            out, dec_state = self.decoder(inp.unsqueeze(1), dec_state)
            outputs.append(self.mlp2(out))
        # state of the encoder is passed on
        return torch.cat(outputs, dim=1), state
