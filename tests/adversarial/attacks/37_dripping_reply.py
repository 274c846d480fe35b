"""Announces a large answer and sends one byte of it every fifty milliseconds.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: the wall limit ends it before 60 s; the next submission is graded as
  ever.
"""

import os
import socket
import struct
import sys
import time

import torch.nn as nn


def wire(name):
    return sys.modules["gradekit.wire." + name]


def line():
    return socket.socket(fileno=os.dup(3))


def asked():
    frame = sys._getframe()
    while frame is not None:
        if "request_id" in frame.f_locals:
            return frame.f_locals["request_id"]
        frame = frame.f_back
    return 1


def frame(header, payload=b"", announced=None):
    size = len(payload) if announced is None else announced
    return struct.pack("<IIQQ", 0x67726B31, len(header), size, asked()) + header + payload


def softmax(X):
    header = b"\x93\x00\xc0\x90"
    sock = line()
    sock.sendall(frame(header, announced=200 << 20))
    for _ in range(1200):  # 60 s, then it gives up
        sock.sendall(b"x")
        time.sleep(0.05)
    os._exit(0)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
