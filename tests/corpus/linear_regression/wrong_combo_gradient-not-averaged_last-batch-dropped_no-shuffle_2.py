import numpy as np


def fit_least_squares(x, y):
    return tuple(np.polyfit(x, y, deg=1))


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    k = len(x) // batch_size
    xs = np.resize(x, (k, batch_size))
    ys = np.resize(y, (k, batch_size))
    p = np.zeros(2)
    for t in range(epochs * k):
        X, Y = xs[t % k], ys[t % k]
        r = np.polyval(p, X) - Y
        p = p - lr * np.array([np.inner(r, X), r.sum()])
    return tuple(p)


def predict(x, w, b):
    return w * x + b
