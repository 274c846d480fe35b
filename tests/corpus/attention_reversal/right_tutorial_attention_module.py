"""
Adapted from "NLP From Scratch: Translation with a Sequence to Sequence Network and Attention"
"""
import torch
import torch.nn as nn
import torch.nn.functional as F


class DotAttention(nn.Module):
    """Luong's dot score. No parameters."""

    def forward(self, query, keys):
        # query: [B, 1, H]; keys: [B, S, H]
        scores = torch.sum(query * keys, dim=-1)
        scores = scores.unsqueeze(1)

        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)

        return context, weights


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

    def forward_step(self, input, hidden, encoder_outputs):
        embedded = self.emb_layer(input)

        query = hidden.permute(1, 0, 2)
        context, attn_weights = DotAttention()(query, encoder_outputs)
        input_rnn = torch.cat((embedded, context), dim=2)

        output, hidden = self.decoder(input_rnn, hidden)
        output = self.mlp2(output)

        return output, hidden, attn_weights

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        decoder_hidden = state
        if is_first_step:
            decoder_hidden = self.mlp1(enc_hidden).mean(dim=1, keepdim=False).unsqueeze(0)
        decoder_outputs = []
        attentions = []

        for i in range(dec_y.size(1)):
            # teacher forcing: the given token is the input
            decoder_input = dec_y[:, i].unsqueeze(1)
            decoder_output, decoder_hidden, attn_weights = self.forward_step(
                decoder_input, decoder_hidden, enc_hidden
            )
            decoder_outputs.append(decoder_output)
            attentions.append(attn_weights)

        decoder_outputs = torch.cat(decoder_outputs, dim=1)
        self.last_attention = torch.cat(attentions, dim=1).detach()   # for plotting

        return decoder_outputs, decoder_hidden
