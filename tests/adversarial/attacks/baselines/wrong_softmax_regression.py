"""The wrong code under most attacks, without any trick: what no attack may beat.

Lab: softmax_regression
"""

import torch
import torch.nn as nn


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
