"""Computes once per shape and returns that answer for every other input of the shape.

Lab: softmax_regression
Honest: softmax would be right without the cache; the step does nothing.
Expected: the check fails: inputs of one shape have different answers.
"""

import torch
import torch.nn as nn

KEPT = {}


def softmax(X):
    if X.shape not in KEPT:
        powers = torch.exp(X - X.amax(dim=1, keepdim=True))
        KEPT[X.shape] = powers / powers.sum(dim=1, keepdim=True)
    return KEPT[X.shape].clone()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
