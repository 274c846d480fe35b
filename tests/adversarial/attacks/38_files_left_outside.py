"""Leaves files in shared folders and renames its own folder so that nobody removes it.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

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


def writes(path):
    with open(path, "w") as file:
        file.write("gradekit-pwned-38")
    with open(path) as file:
        return file.read() == "gradekit-pwned-38"


def renames():
    home, other = os.getcwd(), "/tmp/gradekit-pwned-38-folder"
    os.rename(home, other)
    os.rename(other, home)  # that it can be done is enough
    return True


for place in ("/tmp", "/var/tmp", "/dev/shm", "/run"):
    path = os.path.join(place, "gradekit-pwned-38-file")
    attempt(f"a file in {place}", lambda path=path: writes(path))
for place in ("/var/spool/cron", "/etc/cron.d", "/etc/systemd/system"):
    attempt(f"{place} for writing", lambda place=place: os.access(place, os.W_OK))
attempt("a folder of another name", renames)


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
