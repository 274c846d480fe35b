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
    X = x.reshape(-1, 1)
    Y = y.reshape(-1, 1)
    W = np.zeros((1, 1))
    B = np.zeros((1, 1))
    n = X.shape[0]
    for ep in range(epochs):
        perm = rng.permutation(n)
        Xs, Ys = X[perm], Y[perm]
        b0 = 0
        while b0 + batch_size <= n:
            xb = Xs[b0:b0 + batch_size]
            yb = Ys[b0:b0 + batch_size]
            m = xb.shape[0]
            delta = xb.dot(W) + B - yb
            dW = xb.T.dot(delta) / m
            dB = np.sum(delta, axis=0, keepdims=True) / m
            W = W - lr * dW
            B = B - lr * dB
            b0 += batch_size
    return W.item(), B.item()


def predict(x, w, b):
    return w * x + b
