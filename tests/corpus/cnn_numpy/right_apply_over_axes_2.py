import numpy as np


def corr2d(X, K):
    B, I, H, W = X.shape
    O, I, h, w = K.shape
    r = np.arange(H - h + 1)[:, None, None, None] + np.arange(h)[None, None, :, None]
    c = np.arange(W - w + 1)[None, :, None, None] + np.arange(w)[None, None, None, :]
    P = X[:, None, :, r, c] * K[None, :, :, None, None]        # (B, O, I, oh, ow, h, w)
    S = np.apply_over_axes(np.sum, P, (2, 5, 6))
    return S.reshape(B, O, H - h + 1, W - w + 1)


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
        extra = np.broadcast_to((b / (h * w))[:, None, None, None], (len(b), 1, h, w))
        return corr2d(np.concatenate([X, ones], axis=1), np.concatenate([K, extra], axis=1))


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        B, C, H, W = X.shape
        blocks = X[:, :, :H // p * p, :W // q * q].reshape(B, C, H // p, p, W // q, q)
        return np.apply_over_axes(np.amax, blocks, [3, 5]).reshape(B, C, H // p, W // q)


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        out = np.matmul(X[:, None, :], self.weight)      # (B, 1, num_outputs)
        return np.squeeze(out, axis=1) + self.bias
