"""Lab: the forward passes of a convolutional network, with numpy.

Fill in the regions between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
Forbidden: torch's conv functions and unfold, einsum, as_strided, sliding_window_view, scipy's
correlate and convolve. Loops over samples or channels cost points.

Shapes: B rows, I input channels, O output channels, H height, W width, (h, w) the kernel's.
"""

import numpy as np
import torch


def corr2d(X, K):
    """Cross-correlation, stride 1, no padding: (B,I,H,W), (O,I,h,w) -> (B,O,H-h+1,W-w+1)."""
    # >>> TODO 1
    return ((
    # <<< TODO 1


class Conv2D:
    """A convolutional layer."""

    def __init__(self, out_channels, in_channels, kernel_size):
        h, w = kernel_size
        self.weight = np.random.randn(out_channels, in_channels, h, w) * 0.1
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        """Return the layer's output: (B,I,H,W) -> (B,O,H-h+1,W-w+1)."""
        # >>> TODO 2
        raise NotImplementedError("TODO 2")
        # <<< TODO 2


class MaxPool2D:
    """Max pooling without overlap."""

    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        """Return each window's maximum: (B,I,H,W) -> (B,I,H//p,W//q)."""
        # >>> TODO 3
        raise NotImplementedError("TODO 3")
        # <<< TODO 3


class linear:
    """A linear layer."""

    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.1
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        """Return X times weight plus bias: (B,num_inputs) -> (B,num_outputs)."""
        # >>> TODO 4
        raise NotImplementedError("TODO 4")
        # <<< TODO 4
