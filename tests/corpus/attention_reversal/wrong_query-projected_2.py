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
        """
        s_0 = mean(mlp1(h_j));   e_tj = (W s_{t-1})^T h_j;   a = softmax(e);   c = sum a h
        """
        if is_first_step:
            state = torch.mean(self.mlp1(enc_hidden), 1)[None]
        else:
            state = state
        steps = []
        for x_t in self.emb_layer(dec_y).chunk(dec_y.size(1), dim=1):
            s_prev = state.squeeze(0)
            Ws = self.mlp1(s_prev)
            e = torch.stack([(Ws * enc_hidden[:, j]).sum(-1) for j in range(enc_hidden.size(1))], dim=1)
            a = F.softmax(e, dim=1).unsqueeze(2)
            c = torch.sum(a * enc_hidden, dim=1, keepdim=True)
            out, state = self.decoder(torch.cat([c, x_t], dim=2), state)
            steps.append(self.mlp2(out))
        return torch.cat(steps, dim=1), state
