import numpy as np


def fit_least_squares(x, y):
    mx, my = x.mean(), y.mean()
    x -= mx
    y -= my
    w = np.dot(x, y) / np.dot(x, x)
    return w, my - w * mx


def _run(params, x, y, lr, epochs, batch_size, rng):
    if epochs <= 0:
        return params
    if epochs > 1:                       # halves keep the recursion shallow
        half = epochs // 2
        params = _run(params, x, y, lr, half, batch_size, rng)
        return _run(params, x, y, lr, epochs - half, batch_size, rng)
    w, b = params
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        sel = order[i:i + batch_size]
        err = np.polyval((w, b), x[sel]) - y[sel]
        w, b = w - lr * np.average(err * x[sel]), b - lr * np.average(err)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    return _run((0.0, 0.0), x, y, lr, epochs, batch_size, rng)


def predict(x, w, b):
    return w * x + b
