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
        emb = self.emb_layer(dec_y)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1, keepdim=True).permute(1, 0, 2).contiguous()
        out_all = []
        for i in range(emb.shape[1]):
            alpha = self.softmax(torch.matmul(state.permute(1, 0, 2), enc_hidden.permute(0, 2, 1)))
            context = torch.matmul(alpha, enc_hidden)
            out, state = self.decoder(torch.cat([context, emb[:, i:i + 1]], dim=2), state)
            out = self.softmax(self.mlp2(out))     # probability of each symbol
            out_all.append(out)
        return torch.cat(out_all, dim=1), state
