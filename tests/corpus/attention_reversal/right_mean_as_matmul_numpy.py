import numpy as np
import torch
import torch.nn as nn

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
        b, s, h = enc_hidden.shape
        if is_first_step:
            avg = torch.full((b, 1, s), 1.0 / s, dtype=enc_hidden.dtype, device=enc_hidden.device)
            st = torch.bmm(avg, self.mlp1(enc_hidden)).swapaxes(0, 1)   # averaging matrix
        else:
            st = state
        outputs = []
        for i in np.arange(dec_y.shape[1]):
            e = torch.tensordot(st, enc_hidden, dims=([2], [2]))[0]       # (b, b, s)
            e = torch.diagonal(e, dim1=0, dim2=1).T                        # (b, s)
            e = torch.exp(e - torch.logsumexp(e, dim=1, keepdim=True))
            ctx = torch.einsum('ij,ijk->ik', e, enc_hidden)
            z = torch.hstack([self.emb_layer(dec_y[:, int(i)]), ctx])
            o, st = self.decoder(torch.unsqueeze(z, 1), st.contiguous())
            outputs.append(self.mlp2(o))
        return torch.concat(outputs, dim=1), st
