import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as patches_of

def corr2d(X, K):
    P = patches_of(X, K.shape[2:], axis=(2, 3))           # B I Ho Wo h w
    return np.moveaxis(np.tensordot(P, K, axes=([1, 4, 5], [1, 2, 3])), -1, 1)

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size) * 0.1
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias.reshape(1, -1, 1, 1)

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        return patches_of(X, (p, q), axis=(2, 3))[:, :, ::p, ::q].max(axis=(-2, -1))

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return X @ self.weight + self.bias

