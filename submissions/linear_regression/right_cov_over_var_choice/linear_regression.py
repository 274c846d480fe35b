import numpy as np


def fit_least_squares(x, y):
    """slope = Cov(x, y) / Var(x); the line goes through the mean point"""
    slope = np.cov(x, y)[0, 1] / np.var(x, ddof=1)
    return slope, y.mean() - slope * x.mean()


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    N = x.size
    w = b = 0.0
    for _ in range(epochs):
        visiting_order = rng.choice(N, size=N, replace=False)
        for lo in range(0, N, batch_size):
            sel = visiting_order[lo: min(lo + batch_size, N)]
            diff = y[sel] - (w * x[sel] + b)      # target minus prediction
            w, b = w + lr * (diff @ x[sel]) / sel.size, b + lr * diff.sum() / sel.size
    return w, b


def predict(x, w, b): return b + w * x
