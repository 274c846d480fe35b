import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.num_hiddens = num_hiddens
        self.Wi = nn.Linear(num_inputs, 3 * num_hiddens)
        self.Wh = nn.Linear(num_hiddens, 3 * num_hiddens)

    def forward(self, inputs, state):
        h = state[0]
        n = self.num_hiddens
        outs = []
        gi_all = self.Wi(inputs)
        for t in range(inputs.size(1)):
            gi, gh = gi_all[:, t], self.Wh(h)
            r = torch.sigmoid(gi[:, :n] + gh[:, :n])
            z = torch.sigmoid(gi[:, n:2 * n] + gh[:, n:2 * n])
            c = torch.tanh(gi[:, 2 * n:] + r * gh[:, 2 * n:])
            h = (1 - z) * c + z * h
            outs.append(h)
        return torch.stack(outs, dim=1), h.unsqueeze(0)


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


if __name__ == "__main__":
    # check against the library
    torch.manual_seed(0)
    ref = torch.nn.GRU(5, 7, batch_first=True)
    mine = GRU(5, 7)
    mine.Wi.weight.data.copy_(ref.weight_ih_l0)
    mine.Wi.bias.data.copy_(ref.bias_ih_l0)
    mine.Wh.weight.data.copy_(ref.weight_hh_l0)
    mine.Wh.bias.data.copy_(ref.bias_hh_l0)
    x, h0 = torch.randn(3, 6, 5), torch.randn(1, 3, 7)
    a, b = ref(x, h0), mine(x, h0)
    print("outputs", torch.allclose(a[0], b[0], atol=1e-6), "state", torch.allclose(a[1], b[1], atol=1e-6))
    assert torch.allclose(a[0], b[0], atol=1e-6)
