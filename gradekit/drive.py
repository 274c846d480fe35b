"""What drives share: tensors of a case, drawn from its seed.

Runs in the process with student code as well as in the judge; imports torch and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

__all__ = ["default_dtype", "fill", "normal"]


def normal(
    seed: int, *shape: int, dtype: torch.dtype = torch.float64, scale: float = 1.0
) -> Tensor:
    """Return normal numbers of a seed, the same on every machine."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=dtype) * scale


def fill(case: Any, name: str, draw: Callable[[], Tensor]) -> None:
    """Set a field of a frozen case that was not given, as its `__post_init__` may."""
    if getattr(case, name) is None:
        object.__setattr__(case, name, draw())


@contextmanager
def default_dtype(name: str) -> Iterator[None]:
    """Let tensors that say nothing else be 'float64' or 'float32' meanwhile."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, name))
    try:
        yield
    finally:
        torch.set_default_dtype(before)
