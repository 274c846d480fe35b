"""Sends SIGKILL to itself at import.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: an early end is no success, and the next submission is graded as ever.
"""

import os
import signal

import torch
import torch.nn as nn

os.kill(os.getpid(), signal.SIGKILL)


def softmax(X):
    return torch.zeros_like(X)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
