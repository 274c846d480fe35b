import numpy as np

def convolve_valid(X, K):
    """true convolution, valid region: y[i,j] = sum_uv x[i+h-1-u, j+w-1-v] k[u,v]"""
    h, w = K.shape[2:]
    Ho, Wo = X.shape[2] - h + 1, X.shape[3] - w + 1
    y = 0.0
    for u in range(h):
        for v in range(w):
            xs = X[:, :, h - 1 - u:h - 1 - u + Ho, w - 1 - v:w - 1 - v + Wo]
            y = y + np.tensordot(xs, K[:, :, u, v], axes=([1], [1]))
    return y.transpose(0, 3, 1, 2)

def corr2d(X, K):
    return convolve_valid(X, K[:, :, ::-1, ::-1])

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size)
        self.bias = np.random.randn(out_channels)
    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias.reshape(1, -1, 1, 1)

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size
    def forward_np(self, X):
        # max(x) = -min(-x)
        p, q = self.pool_size
        H, W = X.shape[2] // p, X.shape[3] // q
        N = -X[:, :, :H * p, :W * q]
        return -N.reshape(*X.shape[:2], H, p, W, q).min(axis=(3, 5))

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs)
        self.bias = np.random.randn(num_outputs)
    def forward_np(self, X):
        return X @ self.weight + self.bias
