import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.fc_gate = nn.Linear(num_inputs + num_hiddens, num_hiddens)
        self.fc_h = nn.Linear(num_inputs + num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        """
        inputs: (B, S, I), state: (B, H)
        return: (B, S, H), (B, H)
        """
        outputs = []
        for i in range(inputs.shape[1]):
            x = inputs[:, i, :]
            xh = torch.cat((x, state), dim=1)
            z = torch.sigmoid(self.fc_gate(xh))
            r = torch.sigmoid(self.fc_gate(xh))
            h = torch.tanh(self.fc_h(torch.cat((x, r * state), dim=1)))
            state = z * state + (1 - z) * h
            outputs.append(state)
        return torch.stack(outputs, dim=1), state


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
