import numpy as np


def corr2d(X, K):
    # channels last inside
    Xl = np.ascontiguousarray(np.transpose(X, (0, 2, 3, 1)))
    Kl = np.transpose(K, (2, 3, 1, 0))
    kh, kw = Kl.shape[:2]
    oh = Xl.shape[1] - kh + 1
    ow = Xl.shape[2] - kw + 1
    acc = np.zeros((Xl.shape[0], oh, ow, Kl.shape[3]), dtype=np.promote_types(X.dtype, K.dtype))
    for p in range(kh * kw):
        a, b = divmod(p, kw)
        acc += Xl[:, a:a + oh, b:b + ow, :] @ Kl[a, b]
    return np.transpose(acc, (0, 3, 1, 2))


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = [np.random.uniform(-1, 1, (in_channels, *kernel_size)) for _ in range(out_channels)]
        self.bias = [np.random.uniform(-1, 1) for _ in range(out_channels)]

    def forward_np(self, X):
        out = corr2d(X, np.array(self.weight))
        return np.moveaxis(np.moveaxis(out, 1, -1) + np.array(self.bias), -1, 1)


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
        self.weight = [np.random.uniform(-1, 1, num_outputs) for _ in range(num_inputs)]
        self.bias = [0.0] * num_outputs

    def forward_np(self, X):
        return np.tensordot(X, np.array(self.weight), axes=1) + np.array(self.bias)
