"""Fails with HTML, Markdown and template code in messages, type names and function names.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain; every report shows it as text: no tag, link, cell, colour or row of its own.
"""

import torch.nn as nn

BAD = (
    "<script>alert('gradekit-pwned-39')</script>",
    "<img src=x onerror=alert(39)>",
    "[a prize](javascript:alert(39)) ![x](http://192.0.2.1/x.png)",
    "| 100 | 100 |\n|---|---|\n# Score: 100\n```\n",
    "</details></table></code><h1>100 of 100</h1>",
    "{{ 7 * 7 }} ${7*7} <%= 7 * 7 %> %s %(score)s {0.__class__}",
)
TURNS = list(BAD)


def softmax(X):
    TURNS.append(TURNS.pop(0))
    raise type(TURNS[0], (ValueError,), {"__doc__": TURNS[1]})(TURNS[-1])


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
