import numpy as np


def corr2d(X, K):
    h, w = K.shape[2:]
    flat_kernel = K.reshape(K.shape[0], -1)
    rows = []
    for top in range(X.shape[2] - h + 1):
        row = []
        for left in range(X.shape[3] - w + 1):
            piece = X[:, :, top:top + h, left:left + w]
            row.append(piece.reshape(len(X), -1) @ flat_kernel.T)
        rows.append(np.stack(row, axis=-1))
    return np.stack(rows, axis=-2)


class Conv2D:
    """Convolution layer (really a cross-correlation)."""

    def __init__(self, out_channels, in_channels, kernel_size):
        self.out_channels = out_channels
        self.in_channels = in_channels
        self.kernel_size = kernel_size
        self.weight = np.random.randn(out_channels, in_channels, kernel_size[0], kernel_size[1])
        self.bias = np.random.randn(out_channels)

    def forward_np(self, X):
        assert X.shape[1] == self.in_channels
        result = corr2d(X, self.weight)
        result = result + self.bias.reshape(1, self.out_channels, 1, 1)
        return result


class MaxPool2D:
    """Max pooling, the stride is the pool size."""

    def __init__(self, pool_size):
        self.pool_height, self.pool_width = pool_size

    def forward_np(self, X):
        rows = []
        for top in range(0, X.shape[2] - self.pool_height + 1, self.pool_height):
            row = []
            for left in range(0, X.shape[3] - self.pool_width + 1, self.pool_width):
                piece = X[:, :, top:top + self.pool_height, left:left + self.pool_width]
                row.append(piece.max(axis=3).max(axis=2))
            rows.append(np.stack(row, axis=-1))
        return np.stack(rows, axis=-2)


class linear:
    """Fully connected layer."""

    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs)
        self.bias = np.random.randn(num_outputs)

    def forward_np(self, X):
        return np.matmul(X, self.weight) + self.bias
