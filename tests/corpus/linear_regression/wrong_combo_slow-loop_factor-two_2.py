import numpy as np


def fit_least_squares(x, y):
    xc = np.asarray(x, np.float64) - np.average(x)
    yc = np.asarray(y, np.float64) - np.average(y)
    w = np.einsum('i,i->', xc, yc) / np.einsum('i,i->', xc, xc)
    b = np.average(y - w * np.asarray(x, np.float64))
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x)).tolist()
        while order:
            now, order = order[:batch_size], order[batch_size:]
            gw = gb = 0.0
            for i in now:
                d = 2 * (w * x[i] + b - y[i]) / len(now)
                gw += d * x[i]
                gb += d
            w -= lr * gw
            b -= lr * gb
    return w, b


def predict(x, w, b):
    return w * x + b
