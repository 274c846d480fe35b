import numpy as np


def get_im2col_indices(x_shape, field_height, field_width):
    N, C, H, W = x_shape
    out_height = H - field_height + 1
    out_width = W - field_width + 1
    i0 = np.repeat(np.arange(field_height), field_width)
    i0 = np.tile(i0, C)
    i1 = np.repeat(np.arange(out_height), out_width)
    j0 = np.tile(np.arange(field_width), field_height * C)
    j1 = np.tile(np.arange(out_width), out_height)
    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)
    k = np.repeat(np.arange(C), field_height * field_width).reshape(-1, 1)
    return k, i, j


def im2col_indices(x, field_height, field_width):
    k, i, j = get_im2col_indices(x.shape, field_height, field_width)
    cols = x[:, k, i, j]
    C = x.shape[1]
    return cols.transpose(1, 2, 0).reshape(field_height * field_width * C, -1)


def corr2d(X, K):
    N, _, H, W = X.shape
    F, _, HH, WW = K.shape
    X_col = im2col_indices(X, HH, WW)
    res = K.reshape(F, -1) @ X_col
    out = res.reshape(F, H - HH + 1, W - WW + 1, N)
    return out.transpose(3, 0, 1, 2)


class Conv2D(object):
    def __init__(self, out_channels, in_channels, kernel_size):
        hh, ww = kernel_size
        scale = np.sqrt(2.0 / (in_channels * hh * ww))
        self.weight = scale * np.random.randn(out_channels, in_channels, hh, ww)
        self.bias = np.zeros((out_channels,))

    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias[None, :, None, None]


class MaxPool2D(object):
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        N, C, H, W = X.shape
        ph, pw = self.pool_size
        X = X[:, :, :H // ph * ph, :W // pw * pw]
        x_reshaped = X.reshape(N, C, H // ph, ph, W // pw, pw)
        return x_reshaped.max(axis=3).max(axis=4)


class linear(object):
    def __init__(self, num_outputs, num_inputs):
        self.weight = 0.01 * np.random.randn(num_inputs, num_outputs)
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return X.dot(self.weight) + self.bias
