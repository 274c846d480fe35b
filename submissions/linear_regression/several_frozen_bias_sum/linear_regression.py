import numpy as np

def predict(x, w, b):
    return w * x + b

def fit_least_squares(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    w = dx.dot(dy) / dx.dot(dx)
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = np.zeros(1)
    b = np.zeros(1)
    for epoch in range(epochs):
        perm = rng.permutation(len(x))
        for k in range(0, len(x), batch_size):
            xi, yi = x[perm[k:k+batch_size]], y[perm[k:k+batch_size]]
            grad = ((predict(xi, w, b) - yi) * xi).sum()
            w -= lr * grad
    return w.item(), b.item()
