"""Returns another kind of thing at each call: sets, bytes, complex, sparse, meta, a class.

Lab: softmax_regression
Honest: the attempt's credit and little else: softmax is wrong and the manual step does nothing.
Expected: the check fails in words; never void.
"""

import torch
import torch.nn as nn


def things(X):
    yield {1, 2}
    yield b"bytes"
    yield 10**400
    yield X.to(torch.complex64)
    yield X.to_sparse()
    yield torch.empty(3, device="meta")
    yield {X: X, None: 1, 3: {4: 5}}
    yield nn.Linear
    yield (item for item in X)
    yield torch.nested.nested_tensor([X[0], X[0]])
    yield float("inf")
    yield "text \ud800 that can not be encoded"
    yield [None] * 1_000_000
    yield {str(number): number for number in range(200_000)}


TURNS = []


def softmax(X):
    if not TURNS:
        TURNS.extend(things(X))
    return TURNS.pop()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        return None
