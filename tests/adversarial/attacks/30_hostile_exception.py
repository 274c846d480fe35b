"""Raises an exception whose text, type name and traceback misbehave when they are read.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import torch.nn as nn


class Nasty(BaseException):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise SystemExit(0)


Nasty.__name__ = "passed" * 1000


def softmax(X):
    raise Nasty() from Nasty()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
