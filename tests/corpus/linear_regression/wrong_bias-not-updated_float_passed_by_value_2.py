import numpy as np


def fit_least_squares(x, y):
    """design matrix [x, 1] from the Vandermonde matrix of degree one"""
    V = np.vander(np.asarray(x, dtype=np.float64), 2)
    sol, *_ = np.linalg.lstsq(V, np.asarray(y, dtype=np.float64), rcond=None)
    w, b = sol
    return w, b


def sgd_step(w, b, X, Y, lr):
    e = w * X + b - Y
    gw, gb = (e * X).mean(), e.mean()
    w -= lr * gw
    b -= lr * gb


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = np.zeros(()), 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for i in range(0, len(x), batch_size):
            sgd_step(w, b, x[order[i:i + batch_size]], y[order[i:i + batch_size]], lr)
    return float(w), float(b)


def predict(x, w, b):
    return w * x + b
