"""Swallows every error, silences hooks and returns whatever it has.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import os
import sys
import threading
import traceback

import torch.nn as nn

sys.excepthook = sys.unraisablehook = threading.excepthook = lambda *arguments: None
traceback.print_exc = traceback.extract_tb = traceback.format_exc = lambda *arguments, **named: []
sys.stderr = open(os.devnull, "w")


def softmax(X):
    try:
        return X.no_such_thing()
    except BaseException:
        return X
    finally:
        os.close(2)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
