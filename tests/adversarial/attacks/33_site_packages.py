"""Writes a .pth file and customize modules to every folder that Python looks at.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import site
import sys
import sysconfig

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


TEXT = "# gradekit-pwned-33: a comment, nothing is run\n"
OWN = os.getcwd()


def writes(path):
    with open(path, "x") as file:
        file.write(TEXT)
    with open(path) as file:
        return file.read() == TEXT


places = {sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")}
places |= {*site.getsitepackages(), *sys.path, sys.prefix, os.path.dirname(torch.__file__)}
for place in sorted(filter(os.path.isdir, filter(None, places))):
    if not place.startswith(OWN):
        target = os.path.join(place, "gradekit_pwned_33.pth")
        attempt(f"a .pth file in {place}", lambda target=target: writes(target))
attempt("bytecode of torch", lambda: os.access(os.path.dirname(torch.__file__), os.W_OK))


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
