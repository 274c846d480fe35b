import torch
import torch.nn as nn
import torch.nn.functional as F

DEBUG = True

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
        if DEBUG and is_first_step:
            print("dec_y", dec_y.shape, "enc_hidden", enc_hidden.shape)
        B, S, H = enc_hidden.shape
        T = dec_y.shape[1]
        dec_emb = self.emb_layer(dec_y)
        assert dec_emb.shape[:2] == (B, T)

        if is_first_step:
            state = self.mlp1(enc_hidden)          # (B,S,H)
            state = state.sum(dim=1) / S           # (B,H)
            state = state.view(1, B, H)

        logits_list = []
        for t in range(0, T, 1):
            q = state.view(B, H, 1)
            scores = torch.bmm(enc_hidden, q)      # (B,S,1)
            assert scores.shape == (B, S, 1)
            scores = scores.permute(0, 2, 1)       # (B,1,S)
            probs = self.softmax(scores)
            context = torch.bmm(probs, enc_hidden)
            assert context.shape == (B, 1, H)
            dec_in = torch.cat([dec_emb[:, t, :].unsqueeze(1), context], dim=2)
            dec_out, state = self.decoder(dec_in, state.contiguous())
            # print(dec_out.shape)
            logit = self.mlp2(dec_out)
            logits_list.append(logit)
        logits = torch.cat(logits_list, dim=1)
        if DEBUG and is_first_step:
            print("logits", logits.shape)
        return logits, state
