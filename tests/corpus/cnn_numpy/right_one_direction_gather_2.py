import numpy as np
import torch
from torch import nn


def corr2d(X, K):
    O, I, h, w = K.shape
    oh, ow = np.array(X.shape[2:]) - (h, w) + 1
    # Toeplitz in one direction only, a loop in the other
    sel = (np.arange(ow)[None, :] + np.arange(w)[:, None])
    out = None
    for u in range(h):
        slab = X[:, :, u:u + oh][..., sel]                            # (B, I, oh, w, ow)
        slab = slab.transpose(0, 2, 1, 3, 4).reshape(X.shape[0], oh, I * w, ow)
        part = K[:, :, u, :].reshape(O, I * w) @ slab                 # (B, oh, O, ow)
        out = part if out is None else np.add(out, part, out=out)
    return out.swapaxes(1, 2)


class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = torch.randn(out_channels, in_channels, *kernel_size)
        self.bias = torch.randn(out_channels)

    def forward_np(self, X):
        W = torch.as_tensor(self.weight).detach().cpu().numpy()
        b = torch.as_tensor(self.bias).detach().cpu().numpy()
        Y = corr2d(np.asarray(X), W)
        return np.add(Y, np.expand_dims(b, (0, 2, 3)))


class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        oh, ow = X.shape[2] // p, X.shape[3] // q
        r = np.arange(oh * p).reshape(oh, 1, p, 1)
        c = np.arange(ow * q).reshape(1, ow, 1, q)
        win = X[:, :, r, c].reshape(X.shape[0], X.shape[1], oh, ow, p * q)
        best = win.argmax(axis=-1)[..., np.newaxis]
        return np.take_along_axis(win, best, axis=-1)[..., 0]


class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.randn(num_inputs, num_outputs) * 0.01
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return (X[:, :, None] * self.weight[None]).sum(axis=1) + self.bias
