"""Leaves the work on a side stream and returns the buffer before it is done.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: no gain: no more points than the same file has without the trick.
"""

import torch
import torch.nn as nn


def softmax(X):
    answer = torch.zeros_like(X)
    if torch.cuda.is_available():
        side = torch.cuda.Stream()
        answer = answer.cuda()
        with torch.cuda.stream(side):
            torch.cuda._sleep(100_000_000)
            powers = torch.exp(X.cuda() - X.cuda().amax(dim=1, keepdim=True))
            answer.copy_(powers / powers.sum(dim=1, keepdim=True))
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
