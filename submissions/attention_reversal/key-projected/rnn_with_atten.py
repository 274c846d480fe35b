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
        proj = self.mlp1(enc_hidden)            # (B,S,H)  compute only once
        if is_first_step:
            state = proj.mean(dim=1).unsqueeze(0)
        emb = self.emb_layer(dec_y)
        logits = []
        for t in range(emb.size(1)):
            query = state.transpose(0, 1)
            attn = self.softmax(torch.bmm(query, proj.transpose(1, 2)))
            context = torch.bmm(attn, enc_hidden)
            out, state = self.decoder(torch.cat([emb[:, t].unsqueeze(1), context], 2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, 1), state
