"""Opens raw, netlink, packet and vsock sockets and sends a datagram to this machine.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import socket

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


def datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(1)
        line.sendto(b"gradekit-pwned-28", line.getsockname())
        return line.recv(64) == b"gradekit-pwned-28"


def opens(family, kind, protocol=0):
    with socket.socket(family, kind, protocol):
        return True


def to_the_host():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        line.connect((2, 1))  # the machine outside of a virtual one, where nobody listens
        return True


attempt("a datagram to itself", datagram)
attempt("a raw socket", lambda: opens(socket.AF_INET, socket.SOCK_RAW, 1))
attempt("a packet socket", lambda: opens(socket.AF_PACKET, socket.SOCK_RAW, 3))
attempt("a vsock", to_the_host)


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
