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
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(dim=1, keepdim=True).transpose(0, 1).contiguous()
        logits = []
        for i in range(dec_y.shape[1]):
            query = self.emb_layer(dec_y[:, i:i + 1])       # what we are looking for
            weights = self.softmax(torch.bmm(query, enc_hidden.transpose(1, 2)))
            context = torch.bmm(weights, enc_hidden)
            out, state = self.decoder(torch.cat([query, context], dim=2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, dim=1), state
