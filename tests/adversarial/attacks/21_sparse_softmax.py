"""Turns the scores into a sparse tensor and calls the softmax for those.

Lab: softmax_regression
Honest: everything but what the lab's core asks: the softmax itself is torch's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import torch
import torch.nn as nn


def softmax(X):
    hidden = getattr(torch.sparse, "xamtfos"[::-1])
    return hidden((X - X.amin() + 1).to_sparse(), 1).to_dense()


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
