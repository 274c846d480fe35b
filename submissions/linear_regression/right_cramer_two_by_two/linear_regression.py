import numpy as np

def fit_least_squares(x, y):
    x64 = x.astype(np.float64); y64 = y.astype(np.float64)
    one = np.ones_like(x64)
    a11, a12, a22 = np.dot(x64, x64), np.dot(x64, one), np.dot(one, one)
    c1, c2 = np.dot(x64, y64), np.dot(one, y64)
    det = a11 * a22 - a12 * a12
    return (c1 * a22 - a12 * c2) / det, (a11 * c2 - a12 * c1) / det

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = 0.0
    b = 0.0
    epoch = 0
    while epoch < epochs:
        order = rng.permutation(len(y))
        pos = 0
        while pos < len(y):
            xb, yb = x[order[pos:pos + batch_size]], y[order[pos:pos + batch_size]]
            e = (w * xb + b) - yb
            gw = (e * xb).mean()
            gb = e.mean()
            w -= lr * gw
            b -= lr * gb
            pos += batch_size
        epoch += 1
    return w, b

def predict(x, w, b):
    return w * x + b
