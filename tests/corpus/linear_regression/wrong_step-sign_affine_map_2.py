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
    theta = np.zeros((2, 1))
    A = np.vander(x.astype(float), 2)
    Y = y.astype(float)[:, None]
    for _ in range(epochs):
        p = rng.permutation(len(x))
        At, Yt = A[p], Y[p]
        for s in range(0, len(p), batch_size):
            a, t = At[s:s + batch_size], Yt[s:s + batch_size]
            G = a.T @ a / len(a)
            theta = (np.eye(2) + lr * G) @ theta - lr * (a.T @ t) / len(a)
    return theta[0, 0], theta[1, 0]


def predict(x, w, b):
    return w * x + b
