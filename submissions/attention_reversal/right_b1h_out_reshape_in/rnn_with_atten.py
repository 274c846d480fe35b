import torch
import torch.nn as nn

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        return self.encoder(self.emb_layer(enc_x), state)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        n, _, H = enc_hidden.shape
        # I keep the state batch-first everywhere: (n, 1, H)
        if is_first_step:
            s = self.mlp1(enc_hidden).mean(dim=1, keepdim=True)
        else:
            s = state.reshape(n, 1, H)
        outs = []
        for tok in dec_y.t():                       # one column at a time
            w = self.softmax(torch.bmm(s, enc_hidden.permute(0, 2, 1)))
            ctx = torch.bmm(w, enc_hidden)
            step_in = torch.cat([self.emb_layer(tok).view(n, 1, -1), ctx], dim=2)
            s, _ = self.decoder(step_in, s.reshape(1, n, H))
            outs.append(self.mlp2(s))
        return torch.cat(outs, dim=1), s
