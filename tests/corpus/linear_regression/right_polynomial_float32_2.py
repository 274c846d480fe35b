import numpy as np


def fit_least_squares(x, y):
    p = np.polynomial.Polynomial.fit(np.asarray(x, float), np.asarray(y, float), 1, domain=[-1, 1])
    b, w = p.coef
    return w, b


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
