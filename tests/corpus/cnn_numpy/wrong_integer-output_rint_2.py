import numpy as np


def _partial(X, K, cells, oh, ow):
    """sum over a list of kernel cells, halved until one is left"""
    if len(cells) == 1:
        u, v = cells[0]
        patch = X[:, :, u:u + oh, v:v + ow]
        B, I = patch.shape[:2]
        return (K[:, :, u, v] @ patch.reshape(B, I, -1)).reshape(B, -1, oh, ow)
    m = len(cells) // 2
    return _partial(X, K, cells[:m], oh, ow) + _partial(X, K, cells[m:], oh, ow)


def corr2d(X, K):
    h, w = K.shape[2], K.shape[3]
    cells = [(u, v) for u in range(h) for v in range(w)]
    return _partial(X, K, cells, X.shape[2] - h + 1, X.shape[3] - w + 1)


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
        return np.rint(X @ self.weight + self.bias)
