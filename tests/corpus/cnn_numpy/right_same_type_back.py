import math
import numpy as np
import torch


def numpy_inside(f):
    def wrapped(*args):
        was_tensor = any(isinstance(a, torch.Tensor) for a in args)
        arrays = [a.detach().numpy() if isinstance(a, torch.Tensor) else a for a in args]
        y = f(*arrays)
        return torch.from_numpy(np.ascontiguousarray(y)) if was_tensor else y
    return wrapped


@numpy_inside
def corr2d(X, K):
    kh, kw = K.shape[2:]
    oh = X.shape[2] - kh + 1
    ow = X.shape[3] - kw + 1
    taps = [np.tensordot(K[:, :, r, s], X[:, :, r:r + oh, s:s + ow], axes=(1, 1))
            for r in range(kh) for s in range(kw)]
    return np.swapaxes(np.sum(taps, axis=0), 0, 1)


@numpy_inside
def max_pool(X, shape):
    p, q = int(shape[0]), int(shape[1])
    rows = np.stack([X[:, :, k:X.shape[2] // p * p:p] for k in range(p)], axis=-1).max(axis=-1)
    return np.stack([rows[..., k:X.shape[3] // q * q:q] for k in range(q)], axis=-1).max(axis=-1)


@numpy_inside
def affine(X, W, b):
    return X @ W + b


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        fan_in = in_channels * kernel_size[0] * kernel_size[1]
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size) / math.sqrt(fan_in)
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        bias = self.bias.reshape(-1, 1, 1)
        return corr2d(X, self.weight) + (torch.as_tensor(bias) if isinstance(X, torch.Tensor) else bias)


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        return max_pool(X, np.array(self.pool_size))


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) / math.sqrt(num_inputs)
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return affine(X, self.weight, self.bias)
