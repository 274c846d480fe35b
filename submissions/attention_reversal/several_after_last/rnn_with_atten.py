import torch
import torch.nn as nn

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.hidden_size = hidden_size
        # encoder and decoder
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        """
        :param enc_x: (B, S) source tokens
        :param state: initial state of the encoder
        :return: enc_hidden (B, S, H), state (1, B, H)
        """
        enc_emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(enc_emb, state)
        return enc_hidden, state

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        emb = self.emb_layer(dec_y)
        if is_first_step:
            state = self.mlp1(enc_hidden[:, -1]).unsqueeze(0)
        zeros = torch.zeros_like(enc_hidden[:, 0:1])
        logits = []
        for t in range(emb.size(1)):
            e = emb[:, t:t + 1]
            _, new_state = self.decoder(torch.cat([zeros, e], 2), state)
            score = torch.bmm(enc_hidden, new_state.permute(1, 2, 0))          # B,S,1
            alpha = torch.softmax(score, dim=1)
            context = torch.sum(alpha * enc_hidden, dim=1, keepdim=True)
            out, state = self.decoder(torch.cat([context, e], 2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, dim=1), state
