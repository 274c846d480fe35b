"""Sleeps five seconds in each of 24 calls, under every limit that holds for one answer.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain, and a bound on the whole submission ends it sooner than two minutes.
"""

import time

import torch
import torch.nn as nn

LEFT = [24]


def softmax(X):
    if LEFT[0] > 0:
        LEFT[0] -= 1
        time.sleep(5)
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
