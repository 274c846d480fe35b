import numpy as np


def corr2d(X, K):
    h, w = K.shape[2:]
    H, W = X.shape[2:]
    padded = np.pad(X, ((0, 0), (0, 0), (0, h - 1), (0, w - 1)))
    full = np.zeros((X.shape[0], K.shape[0], H, W), dtype=np.result_type(X.dtype, K.dtype))
    for du in range(h):
        for dv in range(w):
            moved = padded[:, :, du:du + H, dv:dv + W]
            full += np.tensordot(moved, K[:, :, du, dv], axes=([1], [1])).transpose(0, 3, 1, 2)
    return full[:, :, :H - h + 1, :W - w + 1].copy()


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
        oh, ow = X.shape[2] // p, X.shape[3] // q
        best = np.full(X.shape[:2] + (oh, ow), -np.inf, dtype=X.dtype)
        for k in range(p * q):
            a, b = k // q, k % q
            np.maximum(best, X[:, :, a::p, b::q][:, :, :oh, :ow], out=best)
        return best


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        Xa = np.hstack([X, np.ones((X.shape[0], 1), dtype=X.dtype)])
        return Xa.dot(np.vstack([self.weight, self.bias]))
