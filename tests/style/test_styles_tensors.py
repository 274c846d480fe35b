"""Styles of tensor code write what they say."""

from __future__ import annotations

import random

import pytest

from .restyle import STYLES
from .samples import SOURCES

APPLY = {style.name: style.apply for style in STYLES}
SEEDS = range(12)


def test_a_tensor_moves_at_the_start_of_its_function() -> None:
    """The move follows the docstring; what is created meets the tensor on its device."""
    variants = {APPLY["device-moves"](SOURCES["device-moves"], random.Random(s)) for s in SEEDS}
    moved = '"""Add the column."""\n    x = x.to(x.device)\n    rows = x.shape[0]\n'
    assert any(moved in variant for variant in variants)
    assert any("torch.ones(rows, 1, device=x.device)" in variant for variant in variants)


def test_zeros_take_the_type_of_a_factor() -> None:
    """What is created beside a product has its type."""
    variant = APPLY["types"](SOURCES["types"], random.Random(0))
    assert "torch.zeros(x.size(0), 1).to(" in variant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torch.exp(x + 1)", "(x + 1).exp()"),
        ("torch.softmax(x, dim=1)", "x.softmax(dim=1)"),
        ("torch.softmax(x, -1)", "x.softmax(-1)"),
        ("torch.cat((x, x), 1)", "torch.cat([x, x], dim=1)"),
        ("torch.stack((x,))", "torch.stack([x])"),
        ("x.mean(1)", "x.mean(dim=1)"),
        ("x.sum(-1, keepdim=True)", "x.sum(dim=-1, keepdim=True)"),
        ("x.unsqueeze(0)", "x[None]"),
    ],
)
def test_tensors_are_spelt_both_ways(one: str, other: str) -> None:
    """Each spelling turns into the other one."""
    frame = "import torch\ndef run(x):\n    return {}\n"
    for given, wanted in ((one, other), (other, one)):
        variant = APPLY["tensor-spelling"](frame.format(given), random.Random(0))
        assert variant == frame.format(wanted)
