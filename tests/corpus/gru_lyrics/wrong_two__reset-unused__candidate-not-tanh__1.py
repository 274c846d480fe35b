import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.num_inputs = num_inputs
        self.num_hiddens = num_hiddens
        # update gate
        self.W_xz = nn.Linear(num_inputs, num_hiddens)
        self.W_hz = nn.Linear(num_hiddens, num_hiddens, bias=False)
        # reset gate
        self.W_xr = nn.Linear(num_inputs, num_hiddens)
        self.W_hr = nn.Linear(num_hiddens, num_hiddens, bias=False)
        # candidate
        self.W_xh = nn.Linear(num_inputs, num_hiddens)
        self.W_hh = nn.Linear(num_hiddens, num_hiddens, bias=False)

    def forward(self, inputs, state):
        H = state[0]
        outputs = []
        for t in range(inputs.shape[1]):
            X = inputs[:, t, :]
            Z = torch.sigmoid(self.W_xz(X) + self.W_hz(H))
            R = torch.sigmoid(self.W_xr(X) + self.W_hr(H))
            H_tilda = torch.sigmoid(self.W_xh(X) + self.W_hh(H))
            H = Z * H + (1 - Z) * H_tilda
            outputs.append(H)
        outputs = torch.stack(outputs, dim=1)
        return outputs, H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        sent_emb = self.emb_layer(sent)
        sent_hidden, sent_state = self.gru_layer(sent_emb, state)
        sent_outputs = self.linear(sent_hidden)
        return sent_outputs, sent_state
