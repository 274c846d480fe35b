import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.hidden_size = num_hiddens
        self.update_gate = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.reset_gate = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.candidate = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.sigmoid = nn.Sigmoid()
        self.tanh = nn.Tanh()

    def forward(self, inputs, state):
        seq_len = inputs.size(1)
        hidden = torch.zeros_like(state).squeeze(0)
        all_hidden = []

        for t in range(seq_len):
            x_t = inputs[:, t, :]
            combined = torch.cat([x_t, hidden], dim=1)
            z_t = self.sigmoid(self.update_gate(combined))
            r_t = self.sigmoid(self.reset_gate(combined))
            combined_reset = torch.cat([x_t, r_t * hidden], dim=1)
            h_hat = self.tanh(self.candidate(combined_reset))
            hidden = z_t * hidden + (1 - z_t) * h_hat
            all_hidden.append(hidden)

        outputs = torch.stack(all_hidden, dim=1)
        return outputs, state


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
