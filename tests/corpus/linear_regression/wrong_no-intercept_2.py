import numpy as np

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b


def fit_least_squares(x, y):
    w = np.linalg.lstsq(x.reshape(-1, 1), y, rcond=None)[0][0]
    b = np.mean(y - predict(x, w, 0))
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    X = np.column_stack([x, np.ones(len(x))])
    theta = np.zeros(2)
    for _ in range(epochs):
        idx = np.arange(len(x))
        rng.shuffle(idx)
        for s in range(0, len(idx), batch_size):
            j = idx[s:s + batch_size]
            theta -= lr * X[j].T @ (X[j] @ theta - y[j]) / len(j)
    return theta[0], theta[1]

