"""Right answers for cnn_numpy: cross-correlation, a convolutional layer, pooling, a linear layer.

Axes: B rows, I input channels, O output channels, H height, W width, h and w of the kernel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "CnnModule", "windows"]

Array = NDArray[np.float64]


def windows(X: Array, h: int, w: int, stride: tuple[int, int] = (1, 1)) -> Array:
    """Return all windows of a size: (B, C, H, W) -> (B, C, H', W', h, w)."""
    view = np.lib.stride_tricks.sliding_window_view(X, (h, w), axis=(2, 3))
    return view[:, :, :: stride[0], :: stride[1]]


class CnnModule:
    """Stands in for a submission's module; its steps are what mistakes override."""

    # cross-correlation

    def corr2d(self, X: Array, K: Array) -> Array:
        """Return Y[b, o, y, x] = sum of X[b, i, y + u, x + v] K[o, i, u, v]."""
        return self.stored(self.arranged(self.summed(X, self.kernel(K))))

    def kernel(self, K: Array) -> Array:
        """Return the kernel as it is: cross-correlation does not flip it."""
        return K

    def summed(self, X: Array, K: Array) -> Array:
        """Return the sums over input channels and the window. Shapes: -> (B, O, H', W')."""
        seen = self.seen(X, K)
        Y: Array = np.einsum("bihwuv,oiuv->bohw", seen, K)
        return Y

    def seen(self, X: Array, K: Array) -> Array:
        """Return the windows that the kernel is laid on: (B, I, H', W', h, w)."""
        return windows(X, K.shape[2], K.shape[3])

    def arranged(self, Y: Array) -> Array:
        """Return the result with height before width."""
        return Y

    def stored(self, Y: Array) -> Array:
        """Return the result as it is kept: as floating-point numbers."""
        return Y

    # layers

    def Conv2D(  # noqa: N802  # the name that the lab fixes
        self, out_channels: int, in_channels: int, kernel_size: tuple[int, int]
    ) -> Any:
        """Return the layer with weight (O, I, h, w) and bias (O,)."""
        weight = np.zeros((out_channels, in_channels, *self.conv_size(kernel_size)))
        return _Layer(self.convolved, weight, np.zeros(out_channels))

    def conv_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the weight's height and width."""
        return size

    def convolved(self, X: Array, weight: Array, bias: Array) -> Array:
        """Return what the convolutional layer gives. Shapes: -> (B, O, H', W')."""
        return self.stored_layer(self.with_bias(self.corr2d(X, weight), bias))

    def with_bias(self, Y: Array, bias: Array) -> Array:
        """Add one number per output channel. Shapes: (B, O, H', W'), (O,)."""
        return Y + bias.reshape(1, -1, *[1] * (Y.ndim - 2))

    def stored_layer(self, Y: Array) -> Array:
        """Return a layer's result as it is kept: as floating-point numbers."""
        return Y

    def linear(self, num_outputs: int, num_inputs: int) -> Any:
        """Return the layer with weight (num_inputs, num_outputs) and bias (num_outputs,)."""
        return _Layer(self.mapped, np.zeros((num_inputs, num_outputs)), np.zeros(num_outputs))

    def mapped(self, X: Array, weight: Array, bias: Array) -> Array:
        """Return what the linear layer gives. Shapes: (B, I), (I, O), (O,) -> (B, O)."""
        return self.stored_layer(self.with_bias(X @ weight, bias))

    # pooling

    def MaxPool2D(self, pool_size: tuple[int, int]) -> Any:  # noqa: N802  # likewise
        """Return the layer that pools without overlap."""
        return _Pool(self, pool_size)

    def pool_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return height and width of a window."""
        return size

    def pool_windows(self, X: Array, size: tuple[int, int]) -> Array:
        """Return windows side by side. Shapes: (B, C, H, W) -> (B, C, H//p, W//q, p, q)."""
        return windows(X, *size, stride=size)

    def reduced(self, seen: Array) -> Array:
        """Return each window's maximum."""
        highest: Array = seen.max((-2, -1))
        return highest

    def started(self, Y: Array) -> Array:
        """Return the maxima as they are: nothing was there before."""
        return Y

    def pooled(self, X: Array, size: tuple[int, int]) -> Array:
        """Return the maxima. Shapes: (B, C, H, W) -> (B, C, H//p, W//q)."""
        seen = self.pool_windows(X, self.pool_size(size))
        return self.stored_layer(self.started(self.reduced(seen)))


class _Layer:
    def __init__(self, run: Any, weight: Array, bias: Array) -> None:
        self.run, self.weight, self.bias = run, weight, bias

    def forward_np(self, X: Array) -> Any:
        return self.run(X, self.weight, self.bias)


class _Pool:
    def __init__(self, steps: CnnModule, size: tuple[int, int]) -> None:
        self.steps, self.size = steps, size

    def forward_np(self, X: Array) -> Array:
        return self.steps.pooled(X, self.size)
