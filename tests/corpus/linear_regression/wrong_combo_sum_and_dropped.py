import numpy as np

def fit_least_squares(x, y):
    """closed form, column of ones in front"""
    X = np.c_[np.ones(x.shape[0]), x]
    b, w = np.linalg.pinv(X) @ y
    return float(w), float(b)

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = b = 0.0
    for _ in range(epochs):
        p = rng.permutation(len(x))
        for k in range(len(x) // batch_size):
            i = p[k * batch_size:(k + 1) * batch_size]
            e = w * x[i] + b - y[i]
            w, b = w - lr * e.dot(x[i]), b - lr * e.sum()
    return w, b

def predict(x, w, b):
    return w * x + b

