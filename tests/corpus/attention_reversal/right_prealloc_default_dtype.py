import torch
import torch.nn as nn

class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)   # for the first decoder state
        self.mlp2 = nn.Linear(hidden_size, num_outputs)   # output layer
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(emb, state)
        return enc_hidden, state

    def forward(self, enc_x, dec_y, state=None):
        enc_hidden, state = self.encode(enc_x, state)
        logits, _ = self.decode(dec_y, enc_hidden, state)
        return logits

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        bsz = dec_y.size(0)
        steps = dec_y.size(1)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1, keepdim=True).transpose(0, 1).contiguous()
        result = torch.zeros(bsz, steps, self.mlp2.out_features, device=enc_hidden.device)
        for i in range(steps):
            q = state[-1]
            alpha = torch.softmax((enc_hidden @ q[:, :, None])[..., 0], dim=1)
            context = (alpha[..., None] * enc_hidden).sum(1)
            inp = torch.cat([context, self.emb_layer(dec_y[:, i])], 1)
            out, state = self.decoder(inp[:, None, :], state)
            result[:, i, :] = self.mlp2(out[:, 0, :])
        return result, state
