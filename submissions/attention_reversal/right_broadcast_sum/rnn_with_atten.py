import torch
import torch.nn as nn
import torch.nn.functional as F

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)   # for the first decoder state
        self.mlp2 = nn.Linear(hidden_size, num_outputs)   # output layer
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(emb, state)
        return enc_hidden, state

    def forward(self, enc_x, dec_y, state=None):
        enc_hidden, state = self.encode(enc_x, state)
        logits, _ = self.decode(dec_y, enc_hidden, state)
        return logits

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        batch_size, seq_len = dec_y.size()
        # initial decoder state
        if is_first_step == True:
            s0 = self.mlp1(enc_hidden)
            s0 = torch.mean(s0, 1, keepdim=True)       # B,1,H
            state = s0.permute(1, 0, 2).contiguous()   # 1,B,H

        outputs = None
        for i in range(seq_len):
            word = self.emb_layer(dec_y[:, i]).unsqueeze(1)             # B,1,E
            energy = (enc_hidden * state.permute(1, 0, 2)).sum(-1, keepdim=True)   # B,S,1
            w = F.softmax(energy, dim=1)
            ctx = (w * enc_hidden).sum(dim=1, keepdim=True)
            o, state = self.decoder(torch.cat([ctx, word], dim=-1), state)
            o = self.mlp2(o)
            if outputs is None:
                outputs = o
            else:
                outputs = torch.cat([outputs, o], dim=1)
        return outputs, state
