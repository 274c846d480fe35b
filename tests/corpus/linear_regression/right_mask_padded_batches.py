import numpy as np


def fit_least_squares(x, y):
    """theta = (X'X)^-1 X'y, with the 2x2 inverse from numpy"""
    X = np.insert(x.reshape(-1, 1).astype(float), 0, 1.0, axis=1)
    G = np.linalg.inv(X.T @ X)
    b, w = G @ (X.T @ y)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = len(x)
    rows = -(-n // batch_size)
    w = b = 0.0
    for _ in range(epochs):
        table = np.full(rows * batch_size, -1)
        table[:n] = rng.permutation(n)
        for row in table.reshape(rows, batch_size):
            valid = row >= 0
            r = np.where(valid, w * x[row] + b - y[row], 0.0)
            m = valid.sum()
            gw, gb = (r * x[row]).sum() / m, r.sum() / m
            w -= lr * gw
            b -= lr * gb
    return w, b


def predict(x, w, b):
    return np.full_like(x, b) + w * x
