import numpy as np

def dw(w, b, xs, ys):
    total = 0.0
    for xi, yi in zip(xs, ys):
        total += (w * xi + b - yi) * xi
    return total / len(xs)

def db(w, b, xs, ys):
    total = 0.0
    for xi, yi in zip(xs, ys):
        total += w * xi + b - yi
    return total / len(xs)

def fit_least_squares(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    w = dx.dot(dy) / dx.dot(dx)
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = b = 0.0
    for e in range(epochs):
        o = rng.permutation(len(x))
        for s in range(0, len(x), batch_size):
            xs, ys = x[o[s:s + batch_size]], y[o[s:s + batch_size]]
            w = w - lr * dw(w, b, xs, ys)
            b = b - lr * db(w, b, xs, ys)
    return w, b

def predict(x, w, b):
    return w * x + b

