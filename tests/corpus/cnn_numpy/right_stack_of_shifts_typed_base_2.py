import math
from typing import Tuple

import numpy as np


def corr2d(X, K):
    h, w = K.shape[2:]
    oh, ow = X.shape[2] - h + 1, X.shape[3] - w + 1
    stack = np.array([X[:, :, u:oh + u, v:ow + v] for u in range(h) for v in range(w)])   # (h*w, B, I, oh, ow)
    kern = K.reshape(*K.shape[:2], h * w)
    return np.tensordot(stack, kern, axes=[(0, 2), (2, 1)]).transpose(0, 3, 1, 2)


class Layer:
    def __call__(self, X):
        return self.forward_np(X)


class Conv2D(Layer):
    def __init__(self, out_channels: int, in_channels: int, kernel_size: Tuple[int, int]) -> None:
        shape = (out_channels, in_channels) + tuple(kernel_size)
        self.weight = np.random.normal(0.0, 0.05, math.prod(shape)).reshape(shape)
        self.bias = np.full((out_channels,), 0.0)

    def forward_np(self, X: np.ndarray) -> np.ndarray:
        out = np.array(corr2d(X, self.weight))
        flat = out.reshape(out.shape[0], out.shape[1], -1)
        flat = flat + np.atleast_2d(self.bias).T
        return flat.reshape(out.shape)


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        oh, ow = X.shape[2] // p, X.shape[3] // q
        Z = X[..., :oh * p, :ow * q]
        Z = np.maximum.reduceat(Z, np.arange(0, oh * p, p), axis=2)
        return np.maximum.reduceat(Z, np.arange(0, ow * q, q), axis=3)


class linear(Layer):
    def __init__(self, num_outputs: int, num_inputs: int) -> None:
        self.weight = np.random.normal(0, 0.01, (num_inputs, num_outputs))
        self.bias = np.zeros((num_outputs,))

    def forward_np(self, X):
        out = np.broadcast_to(self.bias, (len(X), len(self.bias))).astype(np.result_type(X, self.weight))
        out += X.dot(self.weight)
        return out
