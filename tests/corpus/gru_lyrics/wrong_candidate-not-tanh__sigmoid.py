import numpy as np
import torch
import torch.nn as nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        s = float(np.sqrt(1.0 / num_hiddens))
        # Pesos: índice 0 = actualización, 1 = reinicio, 2 = candidato
        self.Wx = nn.ParameterList([nn.Parameter(torch.rand(num_hiddens, num_inputs) * 2 * s - s) for _ in range(3)])
        self.Wh = nn.ParameterList([nn.Parameter(torch.rand(num_hiddens, num_hiddens) * 2 * s - s) for _ in range(3)])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(num_hiddens)) for _ in range(3)])

    def forward(self, inputs, state):
        estado = state[0]
        salidas = []
        for paso in range(inputs.shape[1]):
            x = inputs[:, paso]
            z = torch.sigmoid(x @ self.Wx[0].t() + estado @ self.Wh[0].t() + self.b[0])
            r = torch.sigmoid(x @ self.Wx[1].t() + estado @ self.Wh[1].t() + self.b[1])
            cand = torch.sigmoid(x @ self.Wx[2].t() + (r * estado) @ self.Wh[2].t() + self.b[2])
            estado = z * estado + (1 - z) * cand
            salidas.append(estado)
        return torch.stack(salidas, 1), estado.unsqueeze(0)


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
