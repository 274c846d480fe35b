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
        dec_emb = self.emb_layer(dec_y)                 # B*T*E
        logits = []
        if is_first_step:
            state = self.mlp1(enc_hidden)
            state = torch.mean(state, dim=1, keepdim=True)   # B*1*H
        for i in range(dec_emb.shape[1]):
            # dot-product attention
            weight = torch.matmul(state, enc_hidden.permute(0, 2, 1))    # B*1*S
            weight = self.softmax(weight)
            context = torch.matmul(weight, enc_hidden)                   # B*1*H
            dec_in = torch.cat((context, dec_emb[:, i:i+1, :]), dim=2)
            dec_out, state = self.decoder(dec_in, state.permute(1, 0, 2).contiguous())
            state = state.permute(1, 0, 2)
            logits.append(self.mlp2(dec_out))
        logits = torch.cat(logits, dim=1)
        return logits, state
