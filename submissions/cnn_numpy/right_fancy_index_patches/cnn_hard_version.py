import numpy as np


def _patch_index(size, k):
    # row r holds r, r+1, ..., r+k-1
    return np.arange(size - k + 1)[:, None] + np.arange(k)[None, :]


def corr2d(X, K):
    r = _patch_index(X.shape[2], K.shape[2])
    c = _patch_index(X.shape[3], K.shape[3])
    patches = X[:, :, r[:, None, :, None], c[None, :, None, :]]      # B I Ho Wo h w
    return np.tensordot(patches, K, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        shape = (out_channels, in_channels) + tuple(kernel_size)
        self.weight = np.random.standard_normal(shape)
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        return np.add(corr2d(X, self.weight), self.bias.reshape(-1, 1, 1))


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        r = np.arange(X.shape[2] // p * p).reshape(-1, p)
        c = np.arange(X.shape[3] // q * q).reshape(-1, q)
        return X[:, :, r[:, None, :, None], c[None, :, None, :]].max((-1, -2))


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.standard_normal((num_inputs, num_outputs))
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        augmented = np.hstack([X, np.ones((len(X), 1), dtype=X.dtype)])
        return augmented @ np.vstack([self.weight, self.bias])
