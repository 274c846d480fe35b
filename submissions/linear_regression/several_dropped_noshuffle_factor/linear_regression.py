import numpy as np

def fit_least_squares(x, y):
    Q, R = np.linalg.qr(np.column_stack([x, np.ones(len(x))]))
    theta = np.linalg.solve(R, Q.T @ y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    k = len(x) // batch_size
    X = x[:k * batch_size].reshape(k, batch_size)
    Y = y[:k * batch_size].reshape(k, batch_size)
    w, b = 0.0, 0.0
    for _ in range(epochs):
        for xb, yb in zip(X, Y):
            r = w * xb + b - yb
            w, b = w - lr * 2 * (r * xb).mean(), b - lr * 2 * r.mean()
    return w, b

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

