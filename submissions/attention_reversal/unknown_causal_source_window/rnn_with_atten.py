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
        emb = self.emb_layer(dec_y)
        S = enc_hidden.size(1)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1).unsqueeze(0)
        logits = []
        for t in range(emb.size(1)):
            e = torch.bmm(state.transpose(0, 1), enc_hidden.transpose(1, 2))        # B,1,S
            # causal mask: must not look at the future
            mask = torch.arange(S, device=e.device) > t
            e = e.masked_fill(mask, float('-inf'))
            ctx = torch.bmm(F.softmax(e, dim=-1), enc_hidden)
            out, state = self.decoder(torch.cat([emb[:, t:t+1], ctx], 2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, 1), state
