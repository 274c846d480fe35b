import numpy as np


def _one(x, K):
    h, w = K.shape[2:]
    oh, ow = x.shape[1] - h + 1, x.shape[2] - w + 1
    r = np.arange(oh)[:, None, None, None] + np.arange(h)[:, None]
    c = np.arange(ow)[:, None, None] + np.arange(w)
    return np.tensordot(K, x[:, r, c], axes=([1, 2, 3], [0, 3, 4]))


def corr2d(X, K):
    return np.stack(list(map(lambda x: _one(x, K), X)))


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
