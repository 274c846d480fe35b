import numpy as np


def fit_least_squares(x, y):
    n = 0
    mx = my = sxx = sxy = 0.0
    for xi, yi in zip(x.tolist(), y.tolist()):
        n += 1
        dx = xi - mx
        mx += dx / n
        my += (yi - my) / n
        sxx += dx * (xi - mx)
        sxy += dx * (yi - my)
    w = sxy / sxx
    return w, my - w * mx


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    x = np.array(x, dtype=np.float32)
    y = np.array(y, dtype=np.float32)
    w, b = np.float32(0), np.float32(0)
    lr = np.float32(lr)
    idx = np.arange(len(x))
    for _ in range(epochs):
        rng.shuffle(idx)
        for lo in range(0, len(x), batch_size):
            pick = idx[lo:lo + batch_size]
            d = x[pick] * w + b - y[pick]
            w, b = w - lr * (d * x[pick]).mean(), b - lr * d.mean()
    return w, b


def predict(x, w, b):
    return w * x + b
