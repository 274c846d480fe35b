import torch
import torch.nn as nn
import torch.nn.functional as F

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
        if is_first_step:
            state = torch.mean(self.mlp1(enc_hidden), dim=1, keepdim=True).permute(1, 0, 2).contiguous()
        hidden_now = state
        out_list = []
        for i, word in enumerate(self.emb_layer(dec_y).split(1, dim=1)):
            score = (enc_hidden * hidden_now.permute(1, 0, 2)).sum(2)
            weight = F.softmax(score, dim=1).unsqueeze(1)
            context = weight @ enc_hidden
            out, hidden_now = self.decoder(torch.cat([context, word], dim=2), hidden_now)
            out_list.append(out)
        out = torch.cat(out_list, dim=1)
        logits = self.mlp2(out)
        return logits, state
