import numpy as np


def fit_least_squares(x, y):
    A = np.array([x, np.ones(len(x))], dtype=float).T
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    w, b = Vt.T @ ((U.T @ y) / s)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    X = x.reshape(-1, 1)
    Y = y.reshape(-1, 1)
    W = np.zeros((1, 1))
    B = np.zeros((1, 1))
    n = X.shape[0]
    for ep in range(epochs):
        perm = rng.permutation(n)
        Xs, Ys = X[perm], Y[perm]
        b0 = 0
        while b0 < n:
            xb = Xs[b0:b0 + batch_size]
            yb = Ys[b0:b0 + batch_size]
            m = xb.shape[0]
            delta = xb.dot(W) + B - yb
            dW = xb.T.dot(delta) / m
            dB = np.sum(delta, axis=0, keepdims=True) / m
            W = W - lr * dW
            B = B - lr * dB
            b0 += batch_size
    return W.item(), B.item()


def predict(x, w, b):
    X = np.asarray(x).reshape(-1, 1)
    return (X @ np.reshape(w, (1, 1)) + np.reshape(b, (1, 1))).ravel()
