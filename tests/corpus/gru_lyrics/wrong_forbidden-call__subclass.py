import torch
import torch.nn as nn

Base = nn.GRU


class GRU(Base):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__(num_inputs, num_hiddens, batch_first=True)
        self.num_hiddens = num_hiddens

    def forward(self, inputs, state):
        outputs, state = super().forward(inputs, state)
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
