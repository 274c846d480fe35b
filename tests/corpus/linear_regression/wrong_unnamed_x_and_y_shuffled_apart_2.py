import numpy as np


def fit_least_squares(x, y):
    # the loss is quadratic, so one Newton step from the origin lands on the minimum
    A = np.column_stack((x, np.ones(x.shape[0]))).astype(np.float64)
    theta = np.zeros(2)
    grad = A.T @ (A @ theta - y) / len(y)
    hess = A.T @ A / len(y)
    theta = theta - np.linalg.solve(hess, grad)
    return theta[0], theta[1]


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    data = np.stack([x, y])
    w, b = 0.0, 0.0
    for _ in range(epochs):
        data = rng.permuted(data, axis=1)
        for s in range(0, data.shape[1], batch_size):
            X, Y = data[:, s:s + batch_size]
            e = w * X + b - Y
            w, b = w - lr * np.mean(e * X), b - lr * np.mean(e)
    return w, b


def predict(x, w, b):
    return w * x + b
