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
        # work time-major, like the original papers: memory (S, B, H), emb (T, B, E)
        memory = enc_hidden.permute(1, 0, 2)
        emb = self.emb_layer(dec_y.permute(1, 0))
        if is_first_step:
            state = self.mlp1(memory).mean(0, keepdim=True)      # (1, B, H)
        preds = []
        for x in emb:
            score = (memory * state).sum(dim=2)                  # (S, B)
            weight = torch.softmax(score, dim=0)                 # over the source steps
            context = (memory * weight.unsqueeze(2)).sum(dim=0)  # (B, H)
            xin = torch.cat((x, context), dim=1)                 # (B, E+H)
            out, state = self.decoder(xin.unsqueeze(1), state)
            preds.append(self.mlp2(out.squeeze(1)))
        preds = torch.stack(preds)                               # (T, B, O)
        return preds.permute(1, 0, 2), state
