import torch
import torch.nn as nn
from typing import NamedTuple, List


class Carry(NamedTuple):
    hidden: torch.Tensor          # (1, B, H)
    logits: List[torch.Tensor]


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
        start = self.mlp1(enc_hidden).mean(1).unsqueeze(0) if is_first_step else state
        carry = Carry(start, [])
        for k in range(dec_y.size(1)):
            carry = self.advance(carry, dec_y.narrow(1, k, 1), enc_hidden)
        return torch.cat(carry.logits, 1), carry.hidden

    def advance(self, carry, y, memory):
        q = carry.hidden.movedim(0, 1)
        prob = torch.softmax(torch.baddbmm(torch.zeros_like(memory[:, :, :1]), memory, q.mT), 1)
        summary = (prob.mT @ memory)
        out, hidden = self.decoder(torch.cat([summary, self.emb_layer(y)], 2), carry.hidden)
        return Carry(hidden, carry.logits + [self.mlp2(out)])
