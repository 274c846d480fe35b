import numpy as np


def corr2d(X, K):
    H, W = X.shape[-2:]
    h, w = K.shape[-2:]
    FX = np.fft.rfft2(X, s=(H, W))
    FK = np.fft.rfft2(K, s=(H, W))
    full = np.fft.irfft2(np.sum(FX[:, np.newaxis] * FK, axis=2), s=(H, W))
    return full[:, :, h - 1:, w - 1:]


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
        Z = X[:, :, :H - H % p, :W - W % q]
        Z = Z.reshape(B, C, H // p, p, W // q, q).swapaxes(3, 4).reshape(B, C, H // p, W // q, p * q)
        return np.sort(Z, axis=-1)[..., -1]


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return X @ self.weight + self.bias
