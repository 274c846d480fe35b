import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super(GRU, self).__init__()
        self.num_inputs = num_inputs
        self.num_hiddens = num_hiddens
        self.gru_xz = nn.Linear(num_inputs, num_hiddens)
        self.gru_hz = nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.gru_xr = nn.Linear(num_inputs, num_hiddens)
        self.gru_hr = nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.gru_xh = nn.Linear(num_inputs, num_hiddens)
        self.gru_hh = nn.Linear(num_hiddens, num_hiddens, bias=False)

    def forward(self, inputs, state):
        inputs = inputs.permute(1, 0, 2)     # (S, B, I)
        H, = state
        outputs = []
        for X in inputs:
            Z = torch.sigmoid(self.gru_xz(X) + self.gru_hz(H))
            R = torch.sigmoid(self.gru_xr(X) + self.gru_hr(H))
            Hc = torch.tanh(self.gru_xh(X) + self.gru_hh(R * H))
            H = Z * H + (1 - Z) * Hc
            outputs.append(H)
        outputs = torch.stack(outputs, dim=0)    # (S, B, H)
        return outputs, H.unsqueeze(0)


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
