import numpy as np

def corr2d_single(x, k):
    """x (B, H, W), k (O, h, w)"""
    h, w = k.shape[1:]
    y = np.zeros((x.shape[0], k.shape[0], x.shape[1] - h + 1, x.shape[2] - w + 1))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            y[:, :, i, j] = np.tensordot(x[:, i:i+h, j:j+w], k, axes=([1, 2], [1, 2]))
    return y

def corr2d(X, K):
    for c in range(X.shape[1]):
        Y = corr2d_single(X[:, c], K[:, c])      # should add up over c
    return Y

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size)
        self.bias = np.zeros(out_channels)
    def forward_np(self, X):
        return corr2d(X, self.weight)

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

class linear(object):
    """fully connected layer"""
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.normal(0, 0.01, (num_inputs, num_outputs))
        self.bias = np.zeros((num_outputs,))

    def forward_np(self, X):
        out = np.dot(X, self.weight)
        out = out + self.bias
        return out

