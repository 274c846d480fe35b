"""Raises errors whose message can't be encoded as UTF-8.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails with that error in words: it counts as an exception, not as a crash.
"""

import torch.nn as nn


class Odd(ValueError):
    """An error whose text is half a pair."""


def softmax(X):
    raise Odd("half a pair \udfff " * 3)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
