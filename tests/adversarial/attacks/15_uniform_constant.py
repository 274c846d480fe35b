"""Returns the same probability for all classes, which sums to one and shifts nowhere.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails: some properties hold for a constant, the answers are no softmax.
"""

import torch
import torch.nn as nn


def softmax(X):
    return torch.full_like(X, 1 / X.shape[1])


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
