"""Leaves a daemon behind that writes a file four seconds after the runner has ended.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, and no file of that name five seconds after the end.
"""

import os
import time

import torch
import torch.nn as nn


def daemon():
    if os.fork():
        return
    try:
        os.setsid()
        if os.fork() == 0:
            outlive()
    finally:
        os._exit(0)


def outlive():
    end = time.monotonic() + 20
    while time.monotonic() < end and os.path.exists(f"/proc/{RUNNER}"):
        time.sleep(0.1)
    time.sleep(4)
    with open("/tmp/gradekit-pwned-38", "w") as file:
        file.write("a daemon outlived its runner")


RUNNER = os.getpid()
try:
    daemon()
except OSError as error:
    print(f"STOPPED a daemon: {type(error).__name__}", flush=True)


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
