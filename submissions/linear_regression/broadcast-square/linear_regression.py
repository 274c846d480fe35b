import numpy as np

def fit_least_squares(x: np.ndarray, y: np.ndarray):
    # cov(x, y) / var(x)
    c = np.cov(x, y, ddof=0)
    slope = c[0, 1] / c[0, 0]
    intercept = np.mean(y) - slope * np.mean(x)
    return slope, intercept

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    X = x.reshape(-1, 1)
    w, b = 0.0, 0.0
    for _ in range(epochs):
        perm = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            Xb, yb = X[perm[i:i + batch_size]], y[perm[i:i + batch_size]]
            error = Xb * w + b - yb
            dw = np.mean(error * Xb)
            db = np.mean(error)
            w, b = w - lr * dw, b - lr * db
    return w, b

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

