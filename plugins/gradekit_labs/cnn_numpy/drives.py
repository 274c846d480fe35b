"""Cases of cnn_numpy and how they exercise a submission.

Axes: B rows, I inputs, O outputs, H height, W width, (h, w) of a window. Runs in the process
with student code: no reference, no expected value may be imported here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradekit.drive import fill, normal

__all__ = [
    "CONVENTIONS",
    "ConvCase",
    "LinearCase",
    "PoolCase",
    "run_conv",
    "run_corr",
    "run_linear",
    "run_pool",
]

CONVENTIONS = ("arrays", "tensors")


@dataclass(frozen=True)
class ConvCase:
    """Images, a kernel and a bias.

    Shapes: X (B, I, H, W), K (O, I, h, w), bias (O,), all of one floating-point type
    """

    rows: int
    inputs: int
    outputs: int
    height: int
    width: int
    kernel: tuple[int, int]
    seed: int
    dtype: str = "float64"
    convention: str = "arrays"
    X: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    K: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """The result's shape."""
        h, w = self.kernel
        return self.rows, self.outputs, self.height - h + 1, self.width - w + 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "kernel", tuple(self.kernel))
        sizes = (self.outputs, self.inputs, *self.kernel)
        fill(self, "X", lambda: _images(self, self.inputs))
        fill(self, "K", lambda: normal(self.seed + 1, *sizes, dtype=_type(self)))
        fill(self, "bias", lambda: normal(self.seed + 2, self.outputs, dtype=_type(self)) * 2)


@dataclass(frozen=True)
class PoolCase:
    """Images to pool; `sign` -1 makes them all negative.

    Shapes: X (B, C, H, W)
    """

    rows: int
    channels: int
    height: int
    width: int
    pool: tuple[int, int]
    seed: int
    sign: int = 0
    dtype: str = "float64"
    convention: str = "arrays"
    X: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        object.__setattr__(self, "pool", tuple(self.pool))
        fill(self, "X", self._draw)

    def _draw(self) -> Tensor:
        X = 4 * _images(self, self.channels)
        return -X.abs() if self.sign < 0 else X


@dataclass(frozen=True)
class LinearCase:
    """Rows for a linear layer.

    Shapes: X (B, I), weight (I, O), bias (O,)
    """

    rows: int
    inputs: int
    outputs: int
    seed: int
    dtype: str = "float64"
    convention: str = "arrays"
    X: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    weight: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        dtype = _type(self)
        fill(self, "X", lambda: normal(self.seed, self.rows, self.inputs, dtype=dtype))
        fill(self, "weight", lambda: normal(self.seed + 1, self.inputs, self.outputs, dtype=dtype))
        fill(self, "bias", lambda: normal(self.seed + 2, self.outputs, dtype=dtype) * 2)


AnyCase = ConvCase | PoolCase | LinearCase


def _type(case: AnyCase) -> torch.dtype:
    kind: torch.dtype = getattr(torch, case.dtype)
    return kind


def _images(case: ConvCase | PoolCase, channels: int) -> Tensor:
    return normal(case.seed, case.rows, channels, case.height, case.width, dtype=_type(case))


def run_corr(module: Any, case: ConvCase) -> dict[str, Any]:
    """Return the cross-correlation, expected (B, O, H - h + 1, W - w + 1)."""
    X, K = _given(case.X, case), _given(case.K, case)
    result = module.corr2d(X, K)
    return {"result": _tensor(result), "kept": _same(X, case.X) and _same(K, case.K)}


def run_conv(module: Any, case: ConvCase) -> dict[str, Any]:
    """Return what Conv2D gives with the case's weights, and the shapes it made for its own."""
    layer = module.Conv2D(case.outputs, case.inputs, case.kernel)
    shapes = _shape(layer.weight), _shape(layer.bias)
    _set(layer, "weight", case.K)
    _set(layer, "bias", case.bias)
    return {**_forward(layer, case), "weight_shape": shapes[0], "bias_shape": shapes[1]}


def run_pool(module: Any, case: PoolCase) -> dict[str, Any]:
    """Return what MaxPool2D gives, expected (B, C, H // p, W // q)."""
    return _forward(module.MaxPool2D(case.pool), case)


def run_linear(module: Any, case: LinearCase) -> dict[str, Any]:
    """Return what linear gives with the case's weights, expected (B, O)."""
    layer = module.linear(case.outputs, case.inputs)
    shapes = _shape(layer.weight), _shape(layer.bias)
    _set(layer, "weight", case.weight)
    _set(layer, "bias", case.bias)
    return {**_forward(layer, case), "weight_shape": shapes[0], "bias_shape": shapes[1]}


def _forward(layer: Any, case: AnyCase) -> dict[str, Any]:
    X = _given(case.X, case)
    result = layer.forward_np(X)
    return {"result": _tensor(result), "kept": _same(X, case.X)}


def _given(value: Tensor, case: AnyCase) -> Any:
    return value.clone() if case.convention == "tensors" else value.numpy().copy()


def _same(given: Any, value: Tensor) -> bool:
    return bool(np.array_equal(np.asarray(given), value.numpy()))


def _tensor(result: Any) -> Tensor:
    """Return an array or a tensor as a plain tensor.

    Raises: TypeError when the result holds no numbers.
    """
    if isinstance(result, Tensor):
        return result.detach()
    array = np.asarray(result)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"expected an array or a tensor, got {type(result).__name__}")
    return torch.from_numpy(np.array(array, order="C"))


def _shape(value: Any) -> tuple[int, ...]:
    return tuple(int(size) for size in np.shape(value))


def _set(layer: Any, name: str, value: Tensor) -> None:
    """Set a layer's weight as what it is: an array, a tensor or a parameter."""
    own = getattr(layer, name)
    if isinstance(own, torch.nn.Parameter):
        own.data = value.clone()
    elif isinstance(own, Tensor):
        setattr(layer, name, value.clone())
    else:
        setattr(layer, name, value.numpy().copy())
