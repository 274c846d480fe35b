import torch
from torch import nn


def corr2d(X, K):
    b, c, H, W = X.shape
    o, _, h, w = K.shape
    Y = torch.zeros(b, o, H - h + 1, W - w + 1, dtype=X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            Y[:, :, i, j] = torch.tensordot(X[:, :, i:i + h, j:j + w], K, dims=([1, 2, 3], [1, 2, 3]))
    return Y


class Conv2D(nn.Module):
    def __init__(self, out_channels, in_channels, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_channels, in_channels, *kernel_size))
        self.bias = nn.Parameter(torch.zeros(out_channels))

    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias.view(1, -1, 1, 1)


class MaxPool2D(nn.Module):
    def __init__(self, pool_size):
        super().__init__()
        self.pool_size = pool_size

    def forward_np(self, X):
        p_h, p_w = self.pool_size
        b, c, H, W = X.shape
        Y = torch.zeros(b, c, H // p_h, W // p_w, dtype=X.dtype)
        for i in range(Y.shape[2]):
            for j in range(Y.shape[3]):
                Y[:, :, i, j] = X[:, :, i * p_h:i * p_h + p_h, j * p_w:j * p_w + p_w].amax(dim=(2, 3))
        return Y


class linear(nn.Module):
    def __init__(self, num_outputs, num_inputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_inputs, num_outputs))
        self.bias = nn.Parameter(torch.zeros(num_outputs))

    def forward_np(self, X):
        return X.mm(self.weight) + self.bias
