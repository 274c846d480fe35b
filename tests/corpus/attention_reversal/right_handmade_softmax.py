import torch
import torch.nn as nn


def my_softmax(x):
    """numerically stable softmax over the last dimension"""
    x = x - x.max(dim=-1, keepdim=True)[0]
    e = torch.exp(x)
    return e / e.sum(dim=-1, keepdim=True)


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
        embedded = self.emb_layer(dec_y)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1).unsqueeze(0)
        collected = []
        for step in range(embedded.size(1)):
            hidden = state.squeeze(0)                                         # B x H
            e = torch.matmul(enc_hidden, hidden.unsqueeze(-1)).squeeze(-1)    # B x S
            attn = my_softmax(e)
            c = torch.matmul(attn.unsqueeze(-2), enc_hidden)                  # B x 1 x H
            rnn_in = torch.cat((embedded[:, step].unsqueeze(1), c), 2)
            rnn_out, state = self.decoder(rnn_in, state)
            collected += [rnn_out]
        return self.mlp2(torch.cat(collected, 1)), state
