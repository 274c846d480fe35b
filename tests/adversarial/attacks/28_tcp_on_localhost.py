"""Connects to a service of this machine over TCP, from itself and from a child.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import socket
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


def connect(family, host):
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        line.connect((host, int("@PORT@")))
        return True


def by_child():
    command = "exec 5<>/dev/tcp/127.0.0.1/@PORT@"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, timeout=5)
    return done.returncode == 0


attempt("TCP by IPv4", lambda: connect(socket.AF_INET, "127.0.0.1"))
attempt("TCP by any address", lambda: connect(socket.AF_INET, "0.0.0.0"))
attempt("TCP by mapped IPv6", lambda: connect(socket.AF_INET6, "::ffff:127.0.0.1"))
attempt("TCP by a child", by_child)
attempt("TCP outside", lambda: socket.create_connection(("192.0.2.1", 80), 0.5) is not None)


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
