import numpy as np

def fit_least_squares(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    w = dx.dot(dy) / dx.dot(dx)
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        xs = rng.permutation(x)
        ys = rng.permutation(y)
        for k in range(0, len(xs), batch_size):
            xb, yb = xs[k:k+batch_size], ys[k:k+batch_size]
            d = w * xb + b - yb
            w, b = w - lr * (d * xb).mean(), b - lr * d.mean()
    return w, b

def predict(x, w, b):
    return w * x + b

