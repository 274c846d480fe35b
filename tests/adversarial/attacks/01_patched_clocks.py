"""Replaces every clock of Python by one that stands still.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import time

import torch
import torch.nn as nn

for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, f"{name}_ns" if hasattr(time, f"{name}_ns") else name, lambda: 0)
time.clock_gettime = lambda which: 0.0


def softmax(X):
    return torch.zeros_like(X)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
