import numpy as np


def fit_least_squares(x, y):
    xc = np.asarray(x, np.float64) - np.average(x)
    yc = np.asarray(y, np.float64) - np.average(y)
    w = np.einsum('i,i->', xc, yc) / np.einsum('i,i->', xc, xc)
    b = np.average(y - w * np.asarray(x, np.float64))
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    A = np.vander(x, 2).astype(float)
    theta = np.zeros(2)
    for _ in range(epochs):
        order = rng.permutation(len(A))
        for s in range(0, len(A), batch_size):
            a, t = A[order[s:s + batch_size]], y[order[s:s + batch_size]]
            for j in range(2):
                theta[j] -= lr * np.mean((a @ theta - t) * a[:, j])
    return theta[0], theta[1]


def predict(x, w, b):
    return np.polyval([w, b], x)
