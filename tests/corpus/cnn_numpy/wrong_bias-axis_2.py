import numpy as np

def corr2d(X, K):
    B, I, H, W = X.shape
    O, _, h, w = K.shape
    Y = np.zeros((B, O, H - h + 1, W - w + 1))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[:, :, i, j] = np.tensordot(X[:, :, i:i + h, j:j + w], K, axes=([1, 2, 3], [1, 2, 3]))
    return Y


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.out_channels = out_channels
        self.weight = np.random.uniform(-0.1, 0.1, size=(out_channels, in_channels, *kernel_size))
        self.bias = np.random.uniform(-0.1, 0.1, size=out_channels)

    def forward_np(self, X):
        Y = corr2d(X, self.weight)
        flat = Y.reshape(-1, self.out_channels) + self.bias      # one column per output channel
        return flat.reshape(Y.shape)


class MaxPool2D(object):
    """max pooling without overlap"""
    def __init__(self, pool_size):
        self.ph, self.pw = pool_size

    def forward_np(self, X):
        oh = X.shape[2] // self.ph
        ow = X.shape[3] // self.pw
        Y = np.zeros((X.shape[0], X.shape[1], oh, ow))
        for i in range(oh):
            for j in range(ow):
                block = X[:, :, i*self.ph:(i+1)*self.ph, j*self.pw:(j+1)*self.pw]
                Y[:, :, i, j] = np.max(block, axis=(2, 3))
        return Y


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return X @ self.weight + self.bias

