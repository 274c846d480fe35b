import numpy as np


def add_ones(x):
    return np.stack([np.ones(x.shape[0]), x], axis=1)


def fit_least_squares(x, y):
    theta, *_ = np.linalg.lstsq(add_ones(x), y, rcond=None)
    return theta[1], theta[0]


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    X = add_ones(x)
    theta = np.zeros(2)
    for _ in range(epochs):
        idx = rng.permutation(len(y))
        for batch in np.split(idx, range(batch_size, len(y), batch_size)):
            theta = theta - lr * X[batch].T @ (X[batch] @ theta - y[batch])
    return theta[1], theta[0]


def predict(x, w, b):
    return add_ones(x) @ np.array([b, w])
