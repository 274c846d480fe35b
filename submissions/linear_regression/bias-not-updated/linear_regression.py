import numpy as np

def fit_least_squares(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    w = dx.dot(dy) / dx.dot(dx)
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = 0.0
    b = 0.0
    for _ in range(epochs):
        idx = rng.permutation(len(x))
        for s in range(0, len(x), batch_size):
            mb = idx[s:s + batch_size]
            y_hat = w * x[mb] + b
            dw = ((y_hat - y[mb]) * x[mb]).mean()
            db = (y_hat - y[mb]).mean()
            w = w - lr * dw
            new_b = b - lr * db
    return w, b

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

