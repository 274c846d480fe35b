import numpy as np

def corr2d(X, K):
    B, I, H, W = X.shape
    O, _, h, w = K.shape
    kernel = np.flip(K, axis=(-1, -2)).reshape(O, -1)
    out = np.zeros((B, O, H - h + 1, W - w + 1))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            out[:, :, i, j] = X[:, :, i:i+h, j:j+w].reshape(B, -1) @ kernel.T
    return out

class Conv2D(object):
    """2D convolution layer, stride 1, no padding"""
    def __init__(self, out_channels, in_channels, kernel_size):
        kh, kw = kernel_size
        self.weight = np.random.normal(0, 0.01, (out_channels, in_channels, kh, kw))
        self.bias = np.random.normal(0, 0.01, out_channels)

    def forward_np(self, X):
        Y = corr2d(X, self.weight)
        return Y + self.bias[:, None, None]

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size
    def forward_np(self, X):
        q, p = self.pool_size
        H, W = X.shape[2] // p, X.shape[3] // q
        return X[:, :, :H*p, :W*q].reshape(*X.shape[:2], H, p, W, q).max(axis=(3, 5))

class linear(object):
    """fully connected layer"""
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.normal(0, 0.01, (num_inputs, num_outputs))
        self.bias = np.zeros((num_outputs,))

    def forward_np(self, X):
        out = np.dot(X, self.weight)
        out = out + self.bias
        return out

