"""Runs loss.backward() for the manual step in a thread that no profiler watches.

Lab: softmax_regression
Honest: all but the manual step, whose gradient is autograd's.
Expected: the forbidden call is found, or the file gets no more points than without the built-in.
"""

import threading

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
        weight = self.linear.weight.detach().clone().requires_grad_()
        bias = self.linear.bias.detach().clone().requires_grad_()

        def work():
            scores = X @ weight.T + bias
            loss = (scores.logsumexp(1) - scores[torch.arange(len(y)), y]).mean()
            getattr(loss, "drawkcab"[::-1])()

        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
        with torch.no_grad():
            self.linear.weight -= self.lr * weight.grad
            self.linear.bias -= self.lr * bias.grad
