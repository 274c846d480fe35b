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
        # dec_y: (B,T)  enc_hidden: (B,S,H)  state: (1,B,H)
        dec_emb = self.emb_layer(dec_y)          # (B,T,E)
        T = dec_y.shape[1]
        if is_first_step:
            # 第一步：对编码器所有隐状态过mlp1再取平均
            state = torch.mean(self.mlp1(enc_hidden), dim=1).unsqueeze(0)   # (1,B,H)
        logits = []
        for t in range(T):
            # 注意力
            query = state.transpose(0, 1)                                   # (B,1,H)
            score = torch.bmm(query, enc_hidden.transpose(1, 2))            # (B,1,S)
            alpha = self.softmax(score)
            context = torch.bmm(alpha, enc_hidden)                          # (B,1,H)
            inp = torch.cat([dec_emb[:, t:t + 1, :], context], dim=2)
            out, state = self.decoder(inp, state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, dim=1), state
