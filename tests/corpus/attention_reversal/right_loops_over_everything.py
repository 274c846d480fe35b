import torch
import torch.nn as nn

# beginner version: everything with for loops so that I understand what happens

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
        B = dec_y.shape[0]
        T = dec_y.shape[1]
        S = enc_hidden.shape[1]

        if is_first_step:
            rows = []
            for b in range(B):
                total = 0
                for s in range(S):
                    total = total + self.mlp1(enc_hidden[b, s])
                rows.append(total / S)
            state = torch.stack(rows).unsqueeze(0)

        all_logits = []
        for t in range(T):
            inputs = []
            for b in range(B):
                # dot product of the state with every source vector
                scores = []
                for s in range(S):
                    scores.append(torch.dot(state[0, b], enc_hidden[b, s]))
                weights = torch.softmax(torch.stack(scores), dim=0)
                context = 0
                for s in range(S):
                    context = context + weights[s] * enc_hidden[b, s]
                inputs.append(torch.cat([self.emb_layer(dec_y[b, t]), context]))
            x = torch.stack(inputs).unsqueeze(1)   # (B, 1, E+H)
            out, state = self.decoder(x, state)
            all_logits.append(self.mlp2(out).squeeze(1))
        return torch.stack(all_logits, dim=1), state
