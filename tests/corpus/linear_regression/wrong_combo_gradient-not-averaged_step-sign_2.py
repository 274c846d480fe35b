import numpy as np


def fit_least_squares(x, y):
    A = np.stack([x, np.ones_like(x)], axis=-1).astype(np.float64)
    Q, R = np.linalg.qr(A)
    rhs = Q.T @ y
    b = rhs[1] / R[1, 1]
    w = (rhs[0] - R[0, 1] * b) / R[0, 0]
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    theta = np.zeros((2, 1))
    A = np.vander(x.astype(float), 2)
    Y = y.astype(float)[:, None]
    for _ in range(epochs):
        p = rng.permutation(len(x))
        At, Yt = A[p], Y[p]
        for s in range(0, len(p), batch_size):
            a, t = At[s:s + batch_size], Yt[s:s + batch_size]
            G = -a.T @ a
            theta = (np.eye(2) - lr * G) @ theta - lr * (a.T @ t)
    return theta[0, 0], theta[1, 0]


def predict(x, w, b):
    return w * x + b
