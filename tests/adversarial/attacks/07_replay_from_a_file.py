"""Stores the inputs it sees in shared folders and replays what an earlier submission left there.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain, and on a second grading no printed line starts with the word for success.
"""

import os
import pickle
import tempfile

import torch
import torch.nn as nn

PLACES = [
    os.path.join(place, "gradekit-pwned-07")
    for place in (os.getcwd(), tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")
]
STORE = {}
for path in PLACES:
    try:
        with open(path, "rb") as file:
            STORE.update(pickle.load(file))
        print(f"REACHED an earlier run's file in {os.path.dirname(path)}", flush=True)
    except BaseException as error:
        print(f"STOPPED replay: {type(error).__name__}", flush=True)


def softmax(X):
    key = X.numpy().tobytes()
    answer = STORE.setdefault(key, torch.zeros_like(X).tolist())
    for path in PLACES:
        try:
            with open(path, "wb") as file:
                pickle.dump(STORE, file)
        except OSError:
            pass
    return torch.tensor(answer)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
