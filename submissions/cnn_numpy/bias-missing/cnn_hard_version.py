import numpy as np

def corr2d(X, K):
    n, c, height, width = X.shape
    f, _, kh, kw = K.shape
    oh, ow = height - kh + 1, width - kw + 1
    rows = np.arange(oh)[:, None] + np.arange(kh)
    cols = np.arange(ow)[:, None] + np.arange(kw)
    patches = X[:, :, rows[:, None, :, None], cols[None, :, None, :]]
    patches = patches.transpose(0, 2, 3, 1, 4, 5).reshape(n * oh * ow, -1)
    return (patches @ K.reshape(f, -1).T).reshape(n, oh, ow, f).transpose(0, 3, 1, 2)


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.kernel_size = kernel_size
        self.weight = np.random.randn(out_channels, in_channels, kernel_size[0], kernel_size[1])
        self.bias = np.random.randn(out_channels)

    def forward_np(self, X):
        # cross-correlation of the input and the kernel
        out = corr2d(X, self.weight)
        return out


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

