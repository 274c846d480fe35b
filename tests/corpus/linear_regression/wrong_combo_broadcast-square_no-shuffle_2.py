import numpy as np


def fit_least_squares(x, y):
    """design matrix [x, 1] from the Vandermonde matrix of degree one"""
    V = np.vander(np.asarray(x, dtype=np.float64), 2)
    sol, *_ = np.linalg.lstsq(V, np.asarray(y, dtype=np.float64), rcond=None)
    w, b = sol
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    A = np.c_[x, np.ones(len(x))]
    theta = np.zeros((2, 1))
    for _ in range(epochs):
        for s in range(0, len(x), batch_size):
            a, t = A[s:s + batch_size], y[s:s + batch_size]
            r = (a @ theta - t).mean(axis=1, keepdims=True)
            theta = theta - lr * a.T @ r / len(a)
    return theta[0, 0], theta[1, 0]


def predict(x, w, b):
    return w * x + b
