import torch as T, torch.nn as N
class GRU(N.Module):
    def __init__(s, num_inputs, num_hiddens): super().__init__(); s.g, s.c = N.Linear(num_inputs + num_hiddens, 2 * num_hiddens), N.Linear(num_inputs + num_hiddens, num_hiddens)
    def step(s, x, h): return (lambda z, r: h.lerp(s.c(T.cat([x, r * h], -1)).tanh(), z))(*s.g(T.cat([x, h], -1)).sigmoid().chunk(2, -1))
    def forward(s, inputs, state): hs = [state[0]]; [hs.append(s.step(x, hs[-1])) for x in inputs.unbind(1)]; return T.stack(hs[1:], 1), hs[-1][None]

import torch.nn as nn
class Sequence_Modeling(nn.Module):
    def __init__(s, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__(); s.emb_layer, s.gru_layer, s.linear = nn.Embedding(vocab_size, embedding_size), GRU(embedding_size, hidden_size), nn.Linear(hidden_size, num_outputs)
    def forward(s, sent, state): return (lambda y, h: (s.linear(y), h))(*s.gru_layer(s.emb_layer(sent), state))
