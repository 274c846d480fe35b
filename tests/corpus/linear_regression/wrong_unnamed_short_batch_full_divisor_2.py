import numpy as np


def fit_least_squares(x, y):
    A = np.array([x, np.ones(len(x))], dtype=float).T
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    w, b = Vt.T @ ((U.T @ y) / s)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    """all batches of an epoch as one (batches, batch_size) table; the tail is padded with weight 0"""
    n = len(x)
    nb = -(-n // batch_size)
    weight = (np.arange(nb * batch_size) < n).astype(float).reshape(nb, batch_size)
    w, b = 0., 0.
    for _ in range(epochs):
        idx = np.pad(rng.permutation(n), (0, nb * batch_size - n)).reshape(nb, batch_size)
        for row, m in zip(idx, weight):
            e = (w * x[row] + b - y[row]) * m
            gw = (e * x[row]).mean()
            gb = e.mean()
            w -= lr * gw
            b -= lr * gb
    return [w, b]


def predict(x, w, b):
    return w * x + b
