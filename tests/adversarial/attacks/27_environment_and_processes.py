"""Reads the environment, memory maps and open files of other processes.

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


def read(path):
    with open(path, "rb") as file:
        return len(file.read(4096)) > 0


OTHERS = {"judge": "@JUDGE_PID@", "zygote": str(os.getppid())}
for who, pid in OTHERS.items():
    for what in ("environ", "maps", "auxv", "io", "syscall"):
        attempt(f"{who}'s {what}", lambda pid=pid, what=what: read(f"/proc/{pid}/{what}"))
    attempt(f"{who}'s open files", lambda pid=pid: len(os.listdir(f"/proc/{pid}/fd")) > 0)
    attempt(f"{who}'s folder", lambda pid=pid: os.readlink(f"/proc/{pid}/cwd"))
WORDS = ("SECRET", "TOKEN", "PASSWORD", "SEED", "PYTEST", "SSH", "VIRTUAL_ENV")
attempt(
    "an environment that tells",
    lambda: [name for name in os.environ if any(word in name for word in WORDS)],
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
