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
            state = torch.mean(enc_hidden, dim=1).unsqueeze(0)
        logits = []
        for t in range(dec_y.shape[1]):
            query = state.permute(1, 2, 0)                     # (B,H,1)
            atten = torch.bmm(enc_hidden, query)               # (B,S,1)
            atten = torch.softmax(atten, dim=1)
            context = torch.sum(atten * enc_hidden, dim=1, keepdim=True)
            out, state = self.decoder(torch.cat([context, dec_emb[:, t:t+1]], dim=2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, dim=1), state
