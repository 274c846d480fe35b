"""Returns NaN everywhere, which is neither above nor below any bound.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import torch
import torch.nn as nn


def softmax(X):
    return torch.full_like(X, float("nan"))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            self.linear.weight.fill_(float("nan"))
            self.linear.bias.fill_(float("nan"))
