"""Builds a wheel that holds one comment and installs it with pip.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import os
import site
import subprocess
import sys
import zipfile

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


NAME = "gradekit_pwned_33-1.0-py3-none-any.whl"
INFO = "gradekit_pwned_33-1.0.dist-info"
FILES = {
    "gradekit_pwned_33.pth": "# gradekit-pwned-33: a comment, nothing is run\n",
    f"{INFO}/METADATA": "Metadata-Version: 2.1\nName: gradekit_pwned_33\nVersion: 1.0\n",
    f"{INFO}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{INFO}/RECORD": "",
}


def installs():
    with zipfile.ZipFile(NAME, "w") as wheel:
        for name, text in FILES.items():
            wheel.writestr(name, text)
    start = [sys.executable, "-m", "pip"]
    options = ["--no-index", "--no-deps", "--disable-pip-version-check", "--break-system-packages"]
    subprocess.run([*start, "install", *options, NAME], timeout=8, capture_output=True)
    places = [place for place in site.getsitepackages() if not place.startswith(os.getcwd())]
    return any(os.path.exists(os.path.join(p, "gradekit_pwned_33.pth")) for p in places)


attempt("pip install", installs)


def softmax(X):
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            error = y_hat.clone()
            error[torch.arange(len(y)), y] -= 1
            error /= len(y)
            self.linear.weight -= self.lr * error.T @ X
            self.linear.bias -= self.lr * error.sum(dim=0)
