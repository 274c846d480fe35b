import numpy as np


def corr2d(X, K):
    H, W = X.shape[-2:]
    h, w = K.shape[-2:]
    FX = np.fft.rfft2(X.astype(np.float64), s=(H, W))
    FK = np.conj(np.fft.rfft2(K.astype(np.float64), s=(H, W)))
    S = (FX[:, None] * FK[None]).sum(axis=2)
    full = np.fft.irfft2(S, s=(H, W))
    return full[..., :H - h + 1, :W - w + 1]


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
        oh, ow = X.shape[2] // p, X.shape[3] // q
        Z = X[..., :oh * p, :ow * q]
        Z = np.maximum.reduceat(Z, np.arange(0, oh * p, p), axis=2)
        return np.maximum.reduceat(Z, np.arange(0, ow * q, q), axis=3)


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        Xa = np.hstack([X, np.ones((X.shape[0], 1), dtype=X.dtype)])
        return Xa.dot(np.vstack([self.weight, self.bias]))
