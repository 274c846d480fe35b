"""Ruins the batch in its step and patches torch.equal so that nobody in the process sees it.

Lab: softmax_regression
Honest: all but the property that the batch stays as it was.
Expected: the check fails that says that the batch is left alone, as it does without the patch.
"""

import torch
import torch.nn as nn

torch.equal = lambda one, other: True
torch.Tensor.equal = lambda one, other: True


def softmax(X):
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


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
            X.fill_(7.0)
            y.zero_()
