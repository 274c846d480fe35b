"""Carries HTML, formulas and paths in docstrings, class names and module attributes.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain; every report shows it as text: no tag, link, cell, colour or row of its own.
"""

import torch.nn as nn

"""<script>alert('gradekit-pwned-39')</script> =1+1 ../../../../etc/passwd"""

globals()["=1+1"] = globals()["<b>softmax</b>"] = globals()["../x\n| a | b |"] = 1
globals()["x" * 100_000] = 2
for number in range(20_000):
    globals()[f"softmaxx{number}"] = number


def softmax_(X):
    """=cmd|' /C calc'!A0"""
    return X


softmax_.__qualname__ = softmax_.__name__ = "<img src=x>"


class SoftmaxRegresion(nn.Module):
    """| 100 | of | 100 |"""


SoftmaxRegresion.__module__ = "</td>"
