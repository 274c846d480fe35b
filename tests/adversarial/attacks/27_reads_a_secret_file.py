"""Reads a secret file of the judge, by its name, by links and by walking its folder.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import subprocess

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


MARK = "gradekit-test-secret"


def read(path):
    with open(path, errors="replace") as file:
        return MARK in file.read(1_000_000)


def by_link():
    if not os.path.lexists("link"):
        os.symlink("@SECRET_FILE@", "link")
    return read("link")


def by_walk():
    for folder, _, names in os.walk("@SECRET_DIR@", onerror=None):
        for name in names:
            if read(os.path.join(folder, name)):
                return True
    return False


def by_child():
    return (
        MARK.encode()
        in subprocess.run(
            ["/bin/cat", "@SECRET_FILE@"], capture_output=True, timeout=5, check=True
        ).stdout
    )


attempt("the secret by name", lambda: read("@SECRET_FILE@"))
attempt("the secret by a link", by_link)
attempt("the secret through /proc", lambda: read("/proc/self/root" + "@SECRET_FILE@"))
attempt("the secret through the parent", lambda: read(f"/proc/{os.getppid()}/root@SECRET_FILE@"))
attempt("the secret by a walk", by_walk)
attempt("the secret by a child", by_child)


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
