"""Find a layer's trainable tensors without knowing names or shapes, and fill them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["Weights"]

MAX_DEPTH = 6


@dataclass
class Weights:
    """A layer's tensors as one flat vector.

    registered: what `parameters()` yields, so what an optimiser would train.
    unregistered: other floating-point tensors that its attributes reach.
    """

    registered: list[Tensor]
    unregistered: list[Tensor]

    @classmethod
    def of(cls, layer: Any) -> Weights:
        """Collect the tensors of a layer, each once."""
        registered: list[Tensor] = []
        if isinstance(layer, nn.Module):
            registered = [p for p in layer.parameters() if p.is_floating_point()]
        known = {id(tensor) for tensor in registered}
        others = []
        for tensor in _reachable(layer, set(), 0):
            if id(tensor) not in known and tensor.is_floating_point() and tensor.is_leaf:
                known.add(id(tensor))
                others.append(tensor)
        return cls(registered, others)

    def chosen(self, unregistered: bool) -> list[Tensor]:
        """Return the tensors that count."""
        return self.registered + self.unregistered if unregistered else self.registered

    def fill(self, vector: Tensor, unregistered: bool) -> None:
        """Copy a flat vector into the tensors, in order and in place."""
        start = 0
        with torch.no_grad():
            for tensor in self.chosen(unregistered):
                count = tensor.numel()
                tensor.copy_(vector[start : start + count].view(tensor.shape))
                start += count

    def count(self, unregistered: bool) -> int:
        """Return the length of the flat vector."""
        return sum(tensor.numel() for tensor in self.chosen(unregistered))


def _reachable(value: Any, seen: set[int], depth: int) -> Iterator[Tensor]:
    if id(value) in seen or depth > MAX_DEPTH:
        return
    seen.add(id(value))
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, nn.Module):
        yield from _reachable(vars(value), seen, depth + 1)
    elif isinstance(value, dict):
        for item in list(value.values()):
            yield from _reachable(item, seen, depth + 1)
    elif isinstance(value, list | tuple | set):
        for item in list(value):
            yield from _reachable(item, seen, depth + 1)
    elif hasattr(value, "__dict__") and not callable(value) and not isinstance(value, type):
        yield from _reachable(vars(value), seen, depth + 1)
