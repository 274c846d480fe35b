import numpy as np

def corr2d(X, K):
    """y[i, j] = sum_u sum_v  k[u, v] * x[i + h - 1 - u, j + w - 1 - v]"""
    O, I, h, w = K.shape
    Ho = X.shape[2] - h + 1
    Wo = X.shape[3] - w + 1
    Y = np.zeros((X.shape[0], O, Ho * Wo))
    for u in range(h):
        for v in range(w):
            r, c = h - 1 - u, w - 1 - v
            shifted = X[:, :, r:r + Ho, c:c + Wo].reshape(X.shape[0], I, -1)
            Y = Y + K[:, :, u, v] @ shifted
    return Y.reshape(-1, O, Ho, Wo)

class Conv2D(object):
    """2D convolution layer, stride 1, no padding"""
    def __init__(self, out_channels, in_channels, kernel_size):
        kh, kw = kernel_size
        self.weight = np.random.normal(0, 0.01, (out_channels, in_channels, kh, kw))
        self.bias = np.random.normal(0, 0.01, out_channels)

    def forward_np(self, X):
        Y = corr2d(X, self.weight)
        return Y + self.bias[:, None, None]

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

