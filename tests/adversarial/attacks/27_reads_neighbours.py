"""Reads other students' submissions by path and by listing the folder.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import glob
import os

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


def read(path):
    with open(path, errors="replace") as file:
        return len(file.read()) > 0


def any_of(pattern):
    return any(read(path) for path in glob.glob(pattern, recursive=True))


attempt("a neighbour by path", lambda: read("@NEIGHBOUR@"))
attempt("the list of neighbours", lambda: len(os.listdir("@SECRET_DIR@")) > 0)
attempt("neighbours by a pattern", lambda: any_of("@SECRET_DIR@/**/*.py"))
OWN = (os.getcwd(), "/tmp/gradekit-pwned")
attempt(
    "other runners' folders",
    lambda: [path for path in glob.glob("/tmp/gradekit-*/*") if not path.startswith(OWN)],
)


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
