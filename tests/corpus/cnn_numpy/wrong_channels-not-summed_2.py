import numpy as np

def corr2d(X, K):
    h, w = K.shape[-2:]
    out_h, out_w = X.shape[-2] - h + 1, X.shape[-1] - w + 1
    image = X[:, 0]
    kernel = K[:, 0].reshape(len(K), h * w)
    Y = np.zeros((len(X), len(K), out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            Y[:, :, i, j] = image[:, i:i + h, j:j + w].reshape(len(X), h * w).dot(kernel.T)
    return Y

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.random.randn(out_channels, in_channels, *kernel_size) * 0.1
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias.reshape(1, -1, 1, 1)

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

