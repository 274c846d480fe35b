import numpy as np

def fit_least_squares(x, y):
    x = x.reshape(-1, 1)
    x_bar, y_bar = x.mean(), y.mean()
    cov = np.mean((x - x_bar) * (y - y_bar))
    var = np.mean((x - x_bar) ** 2)
    w = cov / var
    b = y_bar - w * x_bar
    return w, b

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = b = 0.0
    n = x.size
    for _ in range(epochs):
        perm = rng.choice(n, n, replace=False)
        xs, ys = x[perm], y[perm]
        for k in range(0, n, batch_size):
            xb, yb = xs[k:k + batch_size], ys[k:k + batch_size]
            r = yb - (w * xb + b)
            gw = -(r @ xb) / len(xb)
            gb = -r.sum() / len(xb)
            w -= lr * gw
            b -= lr * gb
    return w, b

def predict(x, w, b):
    return w * x + b

