import torch
import torch.nn as nn
import torch.nn.functional as F

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
        h = self.mlp1(enc_hidden).mean(1) if is_first_step else state[0]
        tok = dec_y[:, 0]
        logits = []
        for t in range(dec_y.size(1)):
            a = F.softmax(torch.einsum('bh,bsh->bs', h, enc_hidden), -1)
            c = torch.einsum('bs,bsh->bh', a, enc_hidden)
            o, hn = self.decoder(torch.cat([self.emb_layer(tok), c], -1).unsqueeze(1), h.unsqueeze(0))
            h = hn[0]
            y = self.mlp2(h)
            logits.append(y)
            tok = y.argmax(-1).clamp(max=self.emb_layer.num_embeddings - 1)     # next input
        return torch.stack(logits, 1), h.unsqueeze(0)
