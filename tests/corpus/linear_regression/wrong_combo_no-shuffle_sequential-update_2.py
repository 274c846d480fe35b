import numpy as np


def fit_least_squares(x, y):
    A = np.c_[np.ones(len(x)), x]
    b, w = np.linalg.pinv(A).dot(y)
    return float(w), float(b)


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = len(x)
    w = b = 0.0
    for _ in range(epochs):
        left = np.ones(n, dtype=bool)
        while left.any():
            pool = np.flatnonzero(left)
            pick = pool[:batch_size]
            left[pick] = False
            e = w * x[pick] + b - y[pick]
            gw = np.dot(e, x[pick]) / pick.size
            w -= lr * gw
            b -= lr * np.mean(w * x[pick] + b - y[pick])
    return float(w), float(b)


def predict(x, w, b):
    return w * x + b
