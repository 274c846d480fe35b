import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.Wxz = nn.Linear(num_inputs, num_hiddens)
        self.Whz = nn.Linear(num_hiddens, num_hiddens)
        self.Wxr = nn.Linear(num_inputs, num_hiddens)
        self.Whr = nn.Linear(num_hiddens, num_hiddens)
        self.Wxg = nn.Linear(num_inputs, num_hiddens)
        self.Whg = nn.Linear(num_hiddens, num_hiddens)

    def forward(self, inputs, state):
        outputs = []
        for x in inputs.split(1, dim=1):
            x = x.transpose(0, 1)                                    # (1, B, I)
            z = torch.sigmoid(self.Wxz(x) + self.Whz(state))
            r = torch.sigmoid(self.Wxr(x) + self.Whr(state))
            g = torch.tanh(self.Wxg(x) + self.Whg(r * state))
            state = state * z + g * (1 - z)
            outputs.append(state)
        # (S, B, H) -> (B, S, H)
        return torch.cat(outputs, dim=0).transpose(0, 1), state


class Sequence_Modeling(nn.Module):
    """词嵌入 -> GRU -> 线性层"""

    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        # sent: (B, S)
        x = self.emb_layer(sent)            # (B, S, E)
        y, state = self.gru_layer(x, state)
        B, S, H = y.shape
        # 展平后再过线性层
        logits = self.linear(y.reshape(-1, H)).view(B, S, -1)
        return logits, state
