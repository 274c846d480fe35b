"""Reads the reference, the lab's properties and mistakes as source text.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import sys

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
    with open(path, encoding="utf-8") as file:
        return "def " in file.read()


def beside_the_drives(name):
    home = os.path.dirname(sys.modules["gradekit_labs.softmax_regression.drives"].__file__)
    return read(os.path.join(home, name))


def by_spec(name):
    kept = [f for f in sys.meta_path if type(f).__name__ != "Refuse"]
    for finder in kept:
        spec = finder.find_spec(name, None)
        if spec is not None and spec.submodule_search_locations:
            home = list(spec.submodule_search_locations)[0]
            return read(os.path.join(home, "softmax_regression.py"))
    return False


attempt("the reference by path", lambda: read("@REFERENCE@"))
attempt("the reference by its finder", lambda: by_spec("gradekit_reference"))
for part in ("properties.py", "mistakes.py", "lab.py", "metrics.py"):
    attempt(f"the lab's {part}", lambda part=part: beside_the_drives(part))


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
