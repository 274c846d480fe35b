"""Imports scipy's softmax by __import__, which is no import statement.

Lab: softmax_regression
Honest: everything but what the lab's core asks: the softmax itself is torch's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import torch
import torch.nn as nn


def softmax(X):
    scores = X.detach().numpy()
    for name in ("scipy.special", "sklearn.utils.extmath"):
        try:
            module = __import__(name, fromlist=["any"])
            if name.startswith("scipy"):
                return torch.from_numpy(getattr(module, "xamtfos"[::-1])(scores, axis=1))
            return torch.from_numpy(getattr(module, "xamtfos"[::-1])(scores))
        except ImportError:
            continue
    return torch.zeros_like(X)


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
