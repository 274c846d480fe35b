import numpy as np


def fit_least_squares(x, y):
    A = np.array([x, np.ones(len(x))], dtype=float).T
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    w, b = Vt.T @ ((U.T @ y) / s)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    data = np.array([x, y]).T.copy()
    w, b = np.float64(0), np.float64(0)
    for _ in range(epochs):
        rng.shuffle(data, axis=0)
        for start in range(0, len(data), batch_size):
            xb, yb = data[start:start + batch_size].T
            e = xb * w + b - yb
            dw, db = np.mean([e * xb, e], axis=1)
            w, b = w - lr * dw, b - lr * db
    return w, b


def predict(x, w, b):
    X = np.asarray(x).reshape(-1, 1)
    return (X @ np.reshape(w, (1, 1)) + np.reshape(b, (1, 1))).ravel()
