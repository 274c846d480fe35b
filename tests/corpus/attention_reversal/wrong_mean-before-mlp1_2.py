import torch
from torch import nn

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

    def init_state(self, memory):
        pooled = torch.zeros_like(memory[:, 0])
        for s in range(memory.size(1)):
            pooled = pooled + memory[:, s]
        pooled = pooled / memory.size(1)
        return self.mlp1(pooled)[None]

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        state = self.init_state(enc_hidden) if is_first_step else state
        preds = []
        for tok in dec_y.unbind(1):
            a = (enc_hidden * state[0].unsqueeze(1)).sum(-1).softmax(-1)
            ctx = (a.unsqueeze(-1) * enc_hidden).sum(1)
            y, state = self.decoder(torch.cat([ctx, self.emb_layer(tok)], -1).unsqueeze(1), state)
            preds.append(self.mlp2(y))
        return torch.cat(preds, 1), state
