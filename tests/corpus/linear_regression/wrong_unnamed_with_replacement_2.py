import numpy as np


def fit_least_squares(x, y):
    A = np.stack([x, np.ones_like(x)], axis=-1).astype(np.float64)
    Q, R = np.linalg.qr(A)
    rhs = Q.T @ y
    b = rhs[1] / R[1, 1]
    w = (rhs[0] - R[0, 1] * b) / R[0, 0]
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = len(x)
    w = b = 0.0
    for _ in range(epochs):
        left = np.ones(n, dtype=bool)
        while left.any():
            pool = np.flatnonzero(left)
            pick = rng.choice(n, size=min(batch_size, pool.size), replace=True)
            left[pool[:batch_size]] = False
            e = w * x[pick] + b - y[pick]
            gw, gb = np.dot(e, x[pick]) / pick.size, e.mean()
            w -= lr * gw
            b -= lr * gb
    return float(w), float(b)


def predict(x, w, b):
    return w * x + b
