"""Answers with 64 megabytes each time, at most thirty times, for the judge to keep.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails as for any crash or wrong answer; never void, the judge and its memory
  unharmed.
"""

import torch
import torch.nn as nn

LEFT = [30]


def softmax(X):
    LEFT[0] -= 1
    return torch.zeros(16 << 20) if LEFT[0] >= 0 else torch.zeros_like(X)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
