import numpy as np
from numpy.linalg import lstsq
from numpy import ones, mean, take

def fit_least_squares(x, y):
    A = ones((len(x), 2))
    A[:, 1] = x
    (b, w), residuals, rank, sv = lstsq(A, y, rcond=None)
    return w, b

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    """J = 1/2 * mean(err^2)  ->  dJ = 1/2 * 2 * mean(err * derr)"""
    w, b = 0.0, 0.0
    for epoch in range(epochs):
        index = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            stop = start + batch_size
            inputs = take(x, index[start:stop])
            targets = take(y, index[start:stop])
            error = (inputs * w + b) - targets
            dJ_dw = 0.5 * mean(2 * error * inputs)
            dJ_db = 0.5 * mean(2 * error)
            w = w - dJ_dw * lr
            b = b - dJ_db * lr
    return w, b

def predict(x, w, b):
    return x * w + b
