"""Sends tensors with NaN, negative, huge and overlapping sizes and unknown dtypes.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails as for any crash or wrong answer; never void, the judge and its memory
  unharmed.
"""

import os
import socket
import struct
import sys

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


SIZES = ([float("nan"), 3], [-1, 3], [2**32] * 12, [2**33], [2**63], ["4", 3], [2**20] * 3)
TURNS = [0]


def softmax(X):
    encode = sys.modules["msgspec"].msgpack.encode
    TURNS[0] += 1
    place = TURNS[0] % (len(SIZES) + 3)
    if place < len(SIZES):
        tensor = ["t", 0, SIZES[place], 0]
    else:
        tensor = ["t", [99, 0, 4][place - len(SIZES)], [4, 3], [0, 2**40, 7][place - len(SIZES)]]
    data = bytes([3]) * 64
    line().sendall(frame(encode([0, ["d", {"softmax": tensor}], []]), data))
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
