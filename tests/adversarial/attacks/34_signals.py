"""Sends harmless signals to judge, zygote and a neighbour.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import signal

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


def signals(pid, number=0):
    os.kill(pid, number)  # 0 only asks whether it could be done
    return True


attempt("a signal to the judge", lambda: signals(int("@JUDGE_PID@")))
attempt("a signal to the zygote", lambda: signals(os.getppid()))
attempt("a signal to a neighbour", lambda: signals(int("@DECOY_PID@"), signal.SIGCONT))
attempt(
    "a pidfd of a neighbour",
    lambda: signal.pidfd_send_signal(os.pidfd_open(int("@DECOY_PID@")), 0) is None,
)
attempt(
    "the neighbour's priority",
    lambda: os.setpriority(os.PRIO_PROCESS, int("@DECOY_PID@"), 1) is None,
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
