import numpy as np

def im2col(X, h, w):
    B, I, H, W = X.shape
    cols = []
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            cols.append(X[:, :, i:i + h, j:j + w].reshape(B, -1))
    return np.stack(cols, axis=1)

def corr2d(X, K):
    B, _, H, W = X.shape
    O, _, h, w = K.shape
    cols = im2col(X, h, w)
    out = cols @ K.reshape(O, -1).T
    return out.transpose(0, 2, 1).reshape(B, O, W - w + 1, H - h + 1)

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
        H, W = X.shape[2] // p, X.shape[3] // q
        blocks = X[:, :, :H * p, :W * q].reshape(X.shape[0], X.shape[1], H, p, W, q)
        return blocks.max(axis=(3, 5))

class linear(object):
    """fully connected layer"""
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.normal(0, 0.01, (num_inputs, num_outputs))
        self.bias = np.zeros((num_outputs,))

    def forward_np(self, X):
        out = np.dot(X, self.weight)
        out = out + self.bias
        return out

