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
        # the weights of the decoder RNN, used as a cell
        W, U = self.decoder.weight_ih_l0, self.decoder.weight_hh_l0
        b = self.decoder.bias_ih_l0 + self.decoder.bias_hh_l0

        h = torch.mean(self.mlp1(enc_hidden), dim=1) if is_first_step else state.squeeze(0)
        logits = []
        for t in range(dec_y.shape[1]):
            p = torch.softmax(torch.einsum('bh,bsh->bs', h, enc_hidden), dim=1)
            ctx = torch.einsum('bs,bsh->bh', p, enc_hidden)
            x = torch.cat([self.emb_layer(dec_y[:, t]), ctx], dim=1)
            h = torch.tanh(x @ W.T + h @ U.T + b)      # h_t = tanh(Wx + Uh + b)
            logits.append(self.mlp2(h))
        return torch.stack(logits, dim=1), h.unsqueeze(0)
