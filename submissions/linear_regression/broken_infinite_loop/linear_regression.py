"""Lab: fit a line by least squares and by mini-batch stochastic gradient descent.

Fill in the regions between '# >>> TODO' and '# <<< TODO'; leave everything else as it is.
numpy only. x and y are arrays of shape (n,); the loss is mean((w x + b - y)^2) / 2.
"""

import numpy as np


def fit_least_squares(x, y):
    """Return (w, b) of the line with the least squared error, in closed form."""
    # >>> TODO 1
    while True:
        pass
    # <<< TODO 1


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    """Return (w, b) after descending from w = b = 0.

    rng is a numpy Generator: each epoch visits every sample once, in a new order drawn from it,
    in batches of batch_size; a last batch may be shorter.
    """
    # >>> TODO 2
    raise NotImplementedError("TODO 2")
    # <<< TODO 2


def predict(x, w, b):
    """Return the line's values at x."""
    # >>> TODO 3
    raise NotImplementedError("TODO 3")
    # <<< TODO 3
