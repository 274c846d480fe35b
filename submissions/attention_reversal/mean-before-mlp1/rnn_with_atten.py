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
        dec_emb = self.emb_layer(dec_y)
        if is_first_step:
            mean_hidden = enc_hidden.mean(dim=1)          # average of the encoder states
            state = self.mlp1(mean_hidden).unsqueeze(0)
        all_out = []
        for i in range(dec_emb.size(1)):
            score = torch.matmul(enc_hidden, state.permute(1, 2, 0))     # (B,S,1)
            score = self.softmax(score.transpose(1, 2))                  # (B,1,S)
            context = torch.matmul(score, enc_hidden)
            out, state = self.decoder(torch.cat([dec_emb[:, i:i + 1], context], dim=2), state)
            all_out.append(out)
        return self.mlp2(torch.cat(all_out, dim=1)), state
