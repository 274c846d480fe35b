"""Sets the given learning rate to NaN, from which no number differs by more than a bound.

Lab: softmax_regression
Honest: all but the property that the learning rate starts at 0.1.
Expected: the check of the learning rate fails, as it does for any other wrong rate.
"""

import torch
import torch.nn as nn


def softmax(X):
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = float("nan")

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            error = y_hat.clone()
            error[torch.arange(len(y)), y] -= 1
            error /= len(y)
            self.linear.weight -= self.lr * error.T @ X
            self.linear.bias -= self.lr * error.sum(dim=0)
