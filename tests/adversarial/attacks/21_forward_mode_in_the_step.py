"""Takes the manual step's gradient from forward-mode differentiation, which runs no engine.

Lab: softmax_regression
Honest: all but the manual step, whose gradient is autograd's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
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
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        def loss(weight, bias):
            scores = X @ weight.T + bias
            return (scores.logsumexp(1) - scores[torch.arange(len(y)), y]).mean()

        weight, bias = self.linear.weight, self.linear.bias
        slopes = torch.func.jacfwd(loss, argnums=(0, 1))(weight.detach(), bias.detach())
        with torch.no_grad():
            weight -= self.lr * slopes[0]
            bias -= self.lr * slopes[1]
