import numpy as np
import torch
import torch.nn as nn

def to_numpy(a):
    if isinstance(a, torch.Tensor):
        return a.detach().cpu().numpy()
    return np.asarray(a)

def corr2d(X, K):
    X, K = to_numpy(X), to_numpy(K)
    B, I, H, W = X.shape
    O, I, h, w = K.shape
    H_out, W_out = H - h + 1, W - w + 1
    cols = np.empty((B, H_out, W_out, I * h * w), dtype=X.dtype)
    for i in range(H_out):
        for j in range(W_out):
            cols[:, i, j, :] = X[:, :, i:i+h, j:j+w].reshape(B, -1)
    return (cols @ K.reshape(O, -1).T).transpose(0, 3, 1, 2)

class Conv2D(nn.Module):
    def __init__(self, out_channels, in_channels, kernel_size):
        super(Conv2D, self).__init__()
        self.weight = nn.Parameter(torch.randn((out_channels, in_channels) + tuple(kernel_size)) * 0.01)
        self.bias = nn.Parameter(torch.zeros(out_channels))
    def forward_np(self, X):
        out = corr2d(X, self.weight)
        return out + to_numpy(self.bias)[np.newaxis, :, np.newaxis, np.newaxis]

class MaxPool2D(nn.Module):
    def __init__(self, pool_size):
        super(MaxPool2D, self).__init__()
        self.pool_size = pool_size
    def forward_np(self, X):
        X = to_numpy(X)
        ph, pw = self.pool_size
        rows = X.shape[2] // ph
        cols = X.shape[3] // pw
        X = X[:, :, 0:rows*ph, 0:cols*pw]
        return np.max(X.reshape(X.shape[0], X.shape[1], rows, ph, cols, pw), axis=(3, 5))

class linear(nn.Module):
    def __init__(self, num_outputs, num_inputs):
        super(linear, self).__init__()
        self.weight = nn.Parameter(torch.randn(num_inputs, num_outputs) * 0.01)
        self.bias = nn.Parameter(torch.zeros(num_outputs))
    def forward_np(self, X):
        return to_numpy(X) @ to_numpy(self.weight) + to_numpy(self.bias)
