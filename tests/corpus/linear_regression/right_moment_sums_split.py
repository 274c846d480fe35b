import numpy as np

def fit_least_squares(x, y):
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    n = x.shape[0]
    Sx, Sy, Sxx, Sxy = x.sum(), y.sum(), (x**2).sum(), (x*y).sum()
    w = (n*Sxy - Sx*Sy) / (n*Sxx - Sx**2)
    b = (Sy - w*Sx) / n
    return w, b

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0, 0
    cuts = np.arange(batch_size, len(x), batch_size)
    for t in range(epochs):
        perm = rng.permutation(len(x))
        for part in np.split(perm, cuts):
            r = predict(x[part], w, b) - y[part]
            gw, gb = np.average(r * x[part]), np.average(r)
            w, b = w - lr * gw, b - lr * gb
    return w, b

def predict(x, w, b):
    return x * w + b
