"""Right GRUs in styles that are no samples: every one gets full marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gradekit.judge.verdict import Verdict

HEAD = """
import torch
from torch import nn


class GRU(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.n = num_hiddens
{init}

    def forward(self, inputs, state):
        h = state[0]
        collected = []
        for t in range(inputs.shape[1]):
            x = inputs[:, t]
{step}
            collected.append(h)
        return torch.stack(collected, dim=1), h[None]


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super().__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.gru_layer = GRU(embedding_size, hidden_size)
        self.linear = nn.Linear(hidden_size, num_outputs)

    def forward(self, sent, state):
        outputs, state = self.gru_layer(self.emb_layer(sent), state)
        return self.linear(outputs), state
"""

STYLES = {
    "cat_with_one_matrix": (
        """
        self.gates = nn.Parameter(torch.randn(num_inputs + num_hiddens, 2 * num_hiddens))
        self.cand = nn.Parameter(torch.randn(num_inputs + num_hiddens, num_hiddens))
        self.bg = nn.Parameter(torch.zeros(2 * num_hiddens))
        self.bc = nn.Parameter(torch.zeros(num_hiddens))
        """,
        """
            g = torch.sigmoid(torch.cat([x, h], 1) @ self.gates + self.bg)
            r, z = g[:, :self.n], g[:, self.n:]
            c = torch.tanh(torch.cat([x, r * h], 1) @ self.cand + self.bc)
            h = z * h + (1 - z) * c
        """,
    ),
    "linear_gates": (
        """
        self.zx, self.zh = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens)
        self.rx, self.rh = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_hiddens)
        self.cx = nn.Linear(num_inputs, num_hiddens)
        self.ch = nn.Linear(num_hiddens, num_hiddens, bias=False)
        """,
        """
            z = (self.zx(x) + self.zh(h)).sigmoid()
            r = (self.rx(x) + self.rh(h)).sigmoid()
            h = (1 - z) * h + z * (self.cx(x) + self.ch(r * h)).tanh()
        """,
    ),
    "fused_in_another_order": (
        """
        self.wx = nn.Parameter(torch.randn(3 * num_hiddens, num_inputs))
        self.wh = nn.Parameter(torch.randn(3 * num_hiddens, num_hiddens))
        self.b = nn.Parameter(torch.zeros(3 * num_hiddens))
        """,
        """
            cx, zx, rx = (x @ self.wx.T + self.b).chunk(3, dim=1)
            wc, wz, wr = self.wh.chunk(3, dim=0)
            z = torch.sigmoid(zx + h @ wz.T)
            r = torch.sigmoid(rx + h @ wr.T)
            h = z * h + (1 - z) * torch.tanh(cx + (r * h) @ wc.T)
        """,
    ),
    "two_biases_and_reset_after": (
        """
        self.i2h = nn.Linear(num_inputs, 3 * num_hiddens)
        self.h2h = nn.Linear(num_hiddens, 3 * num_hiddens)
        """,
        """
            ir, iz, ic = self.i2h(x).chunk(3, 1)
            hr, hz, hc = self.h2h(h).chunk(3, 1)
            r, z = torch.sigmoid(ir + hr), torch.sigmoid(iz + hz)
            h = (1 - z) * torch.tanh(ic + r * hc) + z * h
        """,
    ),
    "step_towards_the_candidate": (
        """
        for gate in "zrc":
            setattr(self, "W" + gate, nn.Parameter(torch.randn(num_inputs, num_hiddens)))
            setattr(self, "U" + gate, nn.Parameter(torch.randn(num_hiddens, num_hiddens)))
            setattr(self, "b" + gate, nn.Parameter(torch.zeros(num_hiddens)))
        """,
        """
            z = torch.sigmoid(x @ self.Wz + h @ self.Uz + self.bz)
            r = torch.sigmoid(x @ self.Wr + h @ self.Ur + self.br)
            c = torch.tanh(x @ self.Wc + (r * h) @ self.Uc + self.bc)
            h = h + (1 - z) * (c - h)
        """,
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_right_gru_in_any_style_gets_full_marks(
    style: str, grade_gru: Callable[[str], Verdict]
) -> None:
    """No style costs a point, and none needs a person to look."""
    init, step = STYLES[style]
    verdict = grade_gru(HEAD.format(init=init.strip("\n"), step=step.strip("\n")))
    assert (verdict.score, verdict.deductions, verdict.review) == (100.0, (), ())
