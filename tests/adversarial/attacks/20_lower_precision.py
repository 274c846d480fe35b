"""Computes in bfloat16 and returns float32.

Lab: softmax_regression
Honest: what rounding to three digits earns: less than full marks.
Expected: the check fails: differences are far over float32 rounding.
"""

import torch
import torch.nn as nn


def softmax(X):
    X = X.bfloat16()
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    return (powers / powers.sum(dim=1, keepdim=True)).float()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            error = y_hat.clone()
            error[torch.arange(len(y)), y] -= 1
            error /= len(y)
            self.linear.weight -= self.lr * error.T @ X
            self.linear.bias -= self.lr * error.sum(dim=0)
