import numpy as np
import torch
from torch import nn


def corr2d(X, K):
    h, w = K.shape[-2:]
    Y = np.zeros((X.shape[0], K.shape[0], X.shape[2] - h + 1, X.shape[3] - w + 1), dtype=np.result_type(X, K))
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            Y[:, :, i, j] = (X[:, None, :, i:i + h, j:j + w] * K[None]).sum(axis=(2, 3, 4))
    return Y


class Conv2D(nn.Module):
    def __init__(self, out_channels, in_channels, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand((out_channels, in_channels) + tuple(kernel_size)))
        self.bias = nn.Parameter(torch.zeros(out_channels))

    def forward_np(self, X):
        weight = self.weight.detach().numpy()
        bias = self.bias.detach().numpy()
        return corr2d(X, weight) + bias[:, None, None]


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p_h, p_w = self.pool_size
        Y = np.zeros((X.shape[0], X.shape[1], X.shape[2] // p_h, X.shape[3] // p_w), dtype=X.dtype)
        for i in range(Y.shape[2]):
            for j in range(Y.shape[3]):
                Y[:, :, i, j] = X[:, :, i * p_h:(i + 1) * p_h, j * p_w:(j + 1) * p_w].max(axis=(2, 3))
        return Y


class linear(nn.Module):
    def __init__(self, num_outputs, num_inputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_inputs, num_outputs) * 0.01)
        self.bias = nn.Parameter(torch.zeros(num_outputs))

    def forward_np(self, X):
        return X @ self.weight.detach().numpy() + self.bias.detach().numpy()
