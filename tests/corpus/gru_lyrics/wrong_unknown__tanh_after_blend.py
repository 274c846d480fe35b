import torch
import torch.nn as nn

class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.Uz, self.Ur, self.Uh = [nn.Linear(num_inputs, num_hiddens) for _ in range(3)]
        self.Vz, self.Vr, self.Vh = [nn.Linear(num_hiddens, num_hiddens, bias=False) for _ in range(3)]

    def forward(self, inputs, state):
        H = state.squeeze(0)
        res = []
        T = inputs.shape[1]
        t = 0
        while t < T:
            x = inputs[:, t]
            Z = (self.Uz(x) + self.Vz(H)).sigmoid()
            R = (self.Ur(x) + self.Vr(H)).sigmoid()
            Ht = (self.Uh(x) + self.Vh(R * H))
            H = torch.tanh(Z * H + Ht)
            res += [H]
            t += 1
        return torch.stack(res, 1), H.unsqueeze(0)


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer, self.gru_layer = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        out, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(out), state
