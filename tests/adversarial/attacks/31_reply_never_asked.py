"""Replies to calls that were never made, before, beside and after the one that was.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails as for any crash or wrong answer; never void, the judge and its memory
  unharmed.
"""

import os
import socket
import sys

import torch
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


def softmax(X):
    values, messages, frames = wire("values"), wire("messages"), wire("frames")
    for request in (0, asked() - 1, asked() + 1, 2**64 - 1):
        payload = values.Payload()
        outcome = values.pack({"softmax": torch.ones(3)}, payload)
        frames.send(line(), frames.encode(request, messages.Reply(0, outcome), payload))
    return torch.zeros_like(X)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
