from typing import Callable, Iterator, List, NamedTuple

import torch
from torch import Tensor, nn


class GRUConfig(NamedTuple):
    inputs: int
    hiddens: int
    scale: float = 0.1

    @property
    def fan(self) -> int:
        return self.inputs + self.hiddens


class AffineMixin:
    """Gives a module an affine map of an input and a state."""
    def affine(self, x: Tensor, h: Tensor) -> Tensor:
        return x @ self.W + h @ self.U + self.b


class BaseGate(nn.Module):
    activation: Callable[[Tensor], Tensor] = staticmethod(torch.sigmoid)

    def __init__(self, cfg: GRUConfig) -> None:
        super().__init__()
        self.cfg = cfg
        self.W = nn.Parameter(cfg.scale * torch.randn(cfg.inputs, cfg.hiddens))
        self.U = nn.Parameter(cfg.scale * torch.randn(cfg.hiddens, cfg.hiddens))
        self.b = nn.Parameter(torch.zeros(cfg.hiddens))

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        raise NotImplementedError


class SigmoidGate(AffineMixin, BaseGate):
    def forward(self, x, h):
        return self.activation(self.affine(x, h))


class Candidate(AffineMixin, BaseGate):
    activation = staticmethod(torch.tanh)

    def forward(self, x, h):
        return self.activation(self.affine(x, h))


class GRU(nn.Module):
    def __init__(self, num_inputs: int, num_hiddens: int) -> None:
        super().__init__()
        self.cfg = GRUConfig(num_inputs, num_hiddens)
        self.gates = nn.ModuleDict({'keep': SigmoidGate(self.cfg), 'reset': SigmoidGate(self.cfg), 'new': Candidate(self.cfg)})

    @property
    def hidden_size(self) -> int:
        return self.cfg.hiddens

    def _scan(self, xs: Tensor, h: Tensor) -> Iterator[Tensor]:
        z_gate, r_gate, cand = (self.gates[k] for k in ('keep', 'reset', 'new'))
        for t in range(xs.shape[1]):
            x = xs.select(1, t)
            keep = z_gate(x, h)
            h = keep * h + (1.0 - keep) * cand(x, r_gate(x, h) * h)
            yield h

    def forward(self, inputs: Tensor, state: Tensor):
        assert inputs.dim() == 3 and state.shape[-1] == self.hidden_size
        hs: List[Tensor] = list(self._scan(inputs, state.squeeze(0)))
        return torch.stack(hs, dim=1), hs[-1].unsqueeze(0)


class LanguageModelBase(nn.Module):
    def encode(self, sent):
        raise NotImplementedError

    def decode(self, hidden):
        raise NotImplementedError

    def forward(self, sent, state):
        hidden, state = self.gru_layer(self.encode(sent), state)
        return self.decode(hidden), state


class Sequence_Modeling(LanguageModelBase):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def encode(self, sent):
        return self.emb_layer(sent)

    def decode(self, hidden):
        return self.linear(hidden)
