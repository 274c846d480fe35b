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

    def attention(self, h, memory):
        a = F.softmax(torch.einsum('bh,bsh->bs', h, memory), dim=-1)
        return torch.einsum('bs,bsh->bh', a, memory)

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        h = state[0]
        if is_first_step:
            h = self.mlp1(h)      # bridge encoder -> decoder
        logits = []
        for x in self.emb_layer(dec_y).transpose(0, 1):
            x = torch.cat([self.attention(h, enc_hidden), x], dim=-1)
            out, h = self.decoder(x[:, None], h[None].contiguous())
            h = h[0]
            logits.append(self.mlp2(out[:, 0]))
        return torch.stack(logits, dim=1), h[None]
