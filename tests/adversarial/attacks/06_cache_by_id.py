"""Keeps the first answer for each id, address and version of the input and gives it again.

Lab: softmax_regression
Honest: softmax would be right without the cache; the step does nothing.
Expected: the check fails wherever an address, a shape or a version comes a second time.
"""

import torch
import torch.nn as nn

KEPT = {}


def softmax(X):
    keys = [("id", id(X)), ("place", X.data_ptr(), X.shape), ("version", X._version, X.shape)]
    for key in keys:
        if key in KEPT and KEPT[key].shape == X.shape:
            return KEPT[key]
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    for key in keys:
        KEPT[key] = powers / powers.sum(dim=1, keepdim=True)
    return KEPT[keys[0]]


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
