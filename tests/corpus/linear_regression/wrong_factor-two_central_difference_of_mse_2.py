import numpy as np


def fit_least_squares(x, y):
    C = np.cov(np.asarray(x, float), np.asarray(y, float), ddof=0)
    slope = C[0, 1] / C[0, 0]
    return slope, np.mean(y, dtype=float) - slope * np.mean(x, dtype=float)


def mse(p, X, Y):
    return np.mean((p[0] * X + p[1] - Y) ** 2)


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    x, y = np.asarray(x, float), np.asarray(y, float)
    p = np.zeros(2)
    h = 1e-3                       # exact for a quadratic, up to rounding
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for s in range(0, len(x), batch_size):
            X, Y = x[order[s:s + batch_size]], y[order[s:s + batch_size]]
            g = np.array([(mse(p + h * d, X, Y) - mse(p - h * d, X, Y)) / (2 * h) for d in np.eye(2)])
            p = p - lr * g
    return p[0], p[1]


def predict(x, w, b):
    return w * x + b
