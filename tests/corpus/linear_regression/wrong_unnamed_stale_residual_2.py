import numpy as np


def fit_least_squares(x, y):
    # Gram-Schmidt: remove the constant direction, then project
    one = np.full(len(x), 1.0 / np.sqrt(len(x)))
    xp = x - one * np.vdot(one, x)
    w = np.vdot(xp, y) / np.vdot(xp, xp)
    b = np.vdot(one, y - w * x) / np.sqrt(len(x))
    return np.float64(w), np.float64(b)


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        xs = x[order]
        err = predict(xs, w, b) - y[order]
        for s in range(0, len(x), batch_size):
            part = slice(s, s + batch_size)
            w, b = w - lr * np.mean(err[part] * xs[part]), b - lr * np.mean(err[part])
    return w, b


def predict(x, w, b):
    return w * x + b
