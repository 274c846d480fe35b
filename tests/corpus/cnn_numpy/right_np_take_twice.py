import numpy as np

def windows(A, axis, k, step=1):
    n = (A.shape[axis] - k) // step + 1
    index = np.arange(n)[:, None] * step + np.arange(k)
    return np.take(A, index, axis=axis)

def corr2d(X, K):
    O, I, h, w = K.shape
    P = windows(windows(X, 2, h), 4, w)           # B I Ho h Wo w
    B, _, Ho, _, Wo, _ = P.shape
    P = P.transpose(0, 2, 4, 1, 3, 5).reshape(B, Ho * Wo, I * h * w)
    Y = P @ K.reshape(O, -1).T                    # B P O
    return Y.swapaxes(1, 2).reshape(B, O, Ho, Wo)

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.ones((out_channels, in_channels, *kernel_size)) * 0.01
        self.bias = np.zeros(out_channels)
    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias[:, None, None]

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size
    def forward_np(self, X):
        p, q = self.pool_size
        return windows(windows(X, 2, p, p), 4, q, q).max(axis=(3, 5))

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.ones((num_inputs, num_outputs)) * 0.01
        self.bias = np.zeros(num_outputs)
    def forward_np(self, X):
        return np.inner(X, self.weight.T) + self.bias
