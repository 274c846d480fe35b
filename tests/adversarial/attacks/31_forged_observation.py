"""Makes the observer report a number, text and nesting where names are expected.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails as for any crash or wrong answer; never void, the judge and its memory
  unharmed.
"""

import sys

import torch
import torch.nn as nn

ODD = [5, None, -1.5, {"a": 1}, ((("x",),),), "text"]


def odd(*arguments):
    ODD.append(ODD.pop(0))
    return ODD[-1]


module = sys.modules.get("gradekit.runner.perform")
if module is not None:
    module.what_ran = odd
    module.operations = module.bytecodes = odd
    module._describe = lambda tensors: {"registered": "many", "all": -1, "trainable": 0}


def softmax(X):
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
