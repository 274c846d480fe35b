import torch
import torch.nn as nn
from typing import Iterator

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

    def _run(self, embs, memory, h) -> Iterator[tuple]:
        for e in embs.split(1, 1):
            logw = torch.log_softmax(torch.einsum('obh,bsh->obs', h, memory), dim=-1)
            ctx = torch.einsum('obs,bsh->boh', logw.exp(), memory)
            out, h = self.decoder(torch.cat((e, ctx), dim=2), h)
            yield out, h

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        if is_first_step:
            state = torch.einsum('bsh->bh', self.mlp1(enc_hidden)).div(enc_hidden.shape[1])[None]
        outs, states = zip(*self._run(self.emb_layer(dec_y), enc_hidden, state))
        return self.mlp2(torch.cat(outs, 1)), states[-1]
