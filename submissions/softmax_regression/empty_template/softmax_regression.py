"""Lab: softmax regression without built-in softmax and without autograd.

Fill in the regions between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
Forbidden: softmax, softmin, log_softmax, cross_entropy in every form, and autograd's backward
in the manual step.

Shapes: B rows in the batch, I inputs, V classes.
"""

import torch
import torch.nn as nn


def softmax(X):
    """Return the probabilities of each row: X (B, V) -> (B, V), safe for great scores."""
    # >>> TODO 1
    raise NotImplementedError("TODO 1")
    # <<< TODO 1


class SoftmaxRegression(nn.Module):
    """One linear layer and a softmax, trained by hand."""

    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        """Return the probabilities: X (B, I) -> (B, V)."""
        # >>> TODO 2
        raise NotImplementedError("TODO 2")
        # <<< TODO 2

    def manual_backward(self, X, y, y_hat):
        """Take one step of size self.lr on the mean cross-entropy, in place.

        X (B, I), y (B,) int64, y_hat (B, V) = forward(X); changes self.linear.weight and .bias.
        """
        # >>> TODO 3
        raise NotImplementedError("TODO 3")
        # <<< TODO 3
