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
        B, T = dec_y.shape
        emb = self.emb_layer(dec_y)
        s = state.clone()
        if is_first_step:
            s = self.mlp1(enc_hidden).mean(dim=1).view(1, B, -1)
        ctx = None
        logits = torch.empty(B, T, self.mlp2.out_features, dtype=emb.dtype, device=emb.device)
        for t in range(T):
            if ctx is None:      # cache, the encoder output does not change
                e = (s.view(B, 1, -1) * enc_hidden).sum(-1)
                p = F.softmax(e, dim=1)
                ctx = (p.unsqueeze(-1) * enc_hidden).sum(1)
            inp = torch.cat([ctx, emb[:, t]], dim=1)
            o, s = self.decoder(inp.unsqueeze(1), s)
            logits[:, t] = self.mlp2(o[:, 0])
        return logits, s
