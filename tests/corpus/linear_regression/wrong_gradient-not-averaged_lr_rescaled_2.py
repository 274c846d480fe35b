import numpy as np


def _merge(a, c):
    """Chan et al.: merge two (n, mx, my, Sxx, Sxy)"""
    n = a[0] + c[0]
    dx, dy = c[1] - a[1], c[2] - a[2]
    f = a[0] * c[0] / n
    return (n, a[1] + dx * c[0] / n, a[2] + dy * c[0] / n,
            a[3] + c[3] + dx * dx * f, a[4] + c[4] + dx * dy * f)


def _stats(x, y):
    mx, my = x.mean(), y.mean()
    return (len(x), mx, my, ((x - mx) ** 2).sum(), ((x - mx) * (y - my)).sum())


def fit_least_squares(x, y):
    parts = min(8, len(x))
    acc = None
    for xs, ys in zip(np.array_split(x.astype(float), parts), np.array_split(y.astype(float), parts)):
        s = _stats(xs, ys)
        acc = s if acc is None else _merge(acc, s)
    w = acc[4] / acc[3]
    return w, acc[2] - w * acc[1]


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    M = np.stack([x * x, x, x * y, y]).astype(float)      # sufficient statistics per sample
    w = b = 0.0
    for _ in range(epochs):
        P = rng.permutation(M, axis=1)
        for s in range(0, P.shape[1], batch_size):
            xx, mx, xy, my = P[:, s:s + batch_size].mean(axis=1)
            step = lr * P[0, s:s + batch_size].size      # linear scaling rule
            w, b = w - step * (w * xx + b * mx - xy), b - step * (w * mx + b - my)
    return w, b


def predict(x, w, b):
    return w * x + b
