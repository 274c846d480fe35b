"""Aborts in one call and reads address zero in another.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: an early end is no success, and the next submission is graded as ever.
"""

import ctypes
import os

import torch.nn as nn


def softmax(X):
    os.abort()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return ctypes.string_at(0)

    def manual_backward(self, X, y, y_hat):
        return None
