import numpy as np


def corr2d(X, K):
    oh, ow = X.shape[2] - K.shape[2] + 1, X.shape[3] - K.shape[3] + 1
    total = 0
    for u, v in np.ndindex(*K.shape[2:]):
        # (O, I) with (B, I, oh, ow) -> (O, B, oh, ow)
        total = total + np.tensordot(K[:, :, u, v], X[:, :, u:u + oh, v:v + ow], axes=(1, 1))
    return np.swapaxes(total, 0, 1)


class Conv2D:
    """bias folded in: one more input channel of ones whose kernel is b / (h*w) everywhere"""

    def __init__(self, out_channels, in_channels, kernel_size):
        rng = np.random.default_rng()
        self.kernel_size = kernel_size
        self.weight = rng.standard_normal((out_channels, in_channels) + tuple(kernel_size)) * 0.1
        self.bias = rng.standard_normal(out_channels) * 0.1

    def forward_np(self, X):
        K, b = np.asarray(self.weight), np.asarray(self.bias)
        h, w = self.kernel_size
        ones = np.ones((X.shape[0], 1) + X.shape[2:], dtype=X.dtype)
        extra = np.broadcast_to(b[:, None, None, None], (len(b), 1, h, w))
        return corr2d(np.concatenate([X, ones], axis=1), np.concatenate([K, extra], axis=1))


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
