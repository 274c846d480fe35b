import numpy as np

def corr2d(X, K):
    kh, kw = K.shape[2:]
    oh, ow = X.shape[2] - kh + 1, X.shape[3] - kw + 1
    acc = 0
    for r in range(kh):
        for s in range(kw):
            acc = acc + np.tensordot(X[:, :, r:r + oh, s:s + ow], K[:, :, r, s], axes=(1, 1))
    return np.moveaxis(acc, -1, 1)

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.kernel_size = kernel_size
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size)
        self.bias = np.random.randn(out_channels)

    def forward_np(self, X):
        h, w = self.kernel_size
        Ho, Wo = X.shape[2] - h + 1, X.shape[3] - w + 1
        out = 0
        for a in range(h):
            for b in range(w):
                tap = self.weight[:, :, a, b][:, :, None, None]
                out = out + corr2d(X[:, :, a:a+Ho, b:b+Wo], tap)
                out = out + self.bias.reshape(-1, 1, 1)
        return out

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

