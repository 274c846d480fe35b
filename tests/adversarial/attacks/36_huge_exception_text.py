"""Raises exceptions of fifty megabytes of text, with a type name of one megabyte.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails with a shortened message; reports stay small.
"""

import torch.nn as nn

Loud = type("L" * 1_000_000, (ValueError,), {"__doc__": "x" * 1_000_000})


def softmax(X):
    raise Loud("x" * 50_000_000)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
