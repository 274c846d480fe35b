"""Returns an empty buffer at once and lets a thread fill it after the answer was taken.

Lab: softmax_regression
Honest: zeros for softmax, as the thread comes too late; the same formula in time would be right.
Expected: no gain: no more points than the same file has without the trick.
"""

import threading
import time

import torch
import torch.nn as nn


def fill_later(answer, X):
    time.sleep(0.2)
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    answer.copy_(powers / powers.sum(dim=1, keepdim=True))


def softmax(X):
    answer = torch.zeros_like(X)
    threading.Thread(target=fill_later, args=(answer, X), daemon=True).start()
    return answer


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
