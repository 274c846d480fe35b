"""Sends a full-size header of a few million tiny mappings that grow when they are decoded.

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


def softmax(X):
    pack = sys.modules["msgspec"].msgpack.encode
    tiny = pack(["d", {}])
    inner = b"\x92" + pack("l") + b"\xdd" + struct.pack(">I", 100_000) + tiny * 100_000
    items = b"\x92" + pack("l") + b"\xdd" + struct.pack(">I", 40) + inner * 40
    header = b"\x93" + pack(0) + items + b"\x90"
    line().sendall(frame(header[: 16 << 20]))
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
