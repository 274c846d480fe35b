"""Writes torch.py, numpy.py, gradekit.py and sitecustomize.py where it stands and patches paths.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import os
import sys
import types

import torch
import torch.nn as nn

NAMES = ("torch", "numpy", "gradekit", "msgspec", "sitecustomize", "usercustomize", "json")
for name in NAMES:
    try:
        with open(f"{name}.py", "w") as file:
            file.write("# gradekit-pwned-32: a module of the student's\n")
    except OSError:
        pass
sys.path.insert(0, os.getcwd())
sys.path_importer_cache.clear()
os.environ["PYTHONPATH"] = os.getcwd()
for name in ("gradekit.judge.grade", "gradekit.judge.score", "gradekit_reference"):
    fake = types.ModuleType(name)
    fake.judge_part = fake.score = lambda *arguments, **named: 100.0
    sys.modules[name] = fake


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
