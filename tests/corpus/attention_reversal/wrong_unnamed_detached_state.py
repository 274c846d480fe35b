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
        if is_first_step:
            state = torch.mean(self.mlp1(enc_hidden), dim=1).unsqueeze(0)
        ys = []
        for tok in dec_y.unbind(1):
            w = (enc_hidden * state[0][:, None]).sum(-1, keepdim=True).softmax(1)
            ctx = (w * enc_hidden).sum(1)
            x = torch.cat([ctx, self.emb_layer(tok)], dim=1)
            y, state = self.decoder(x[:, None], state)
            state = state.detach()         # else "backward through the graph a second time"
            ys.append(self.mlp2(y))
        return torch.cat(ys, 1), state
