import numpy as np

def fit_least_squares(x, y):
    X = np.ones((len(x), 2))
    X[:, 0] = x
    theta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b, n = 0.0, 0.0, len(x)
    for _ in range(epochs):
        for s in range(0, n, batch_size):
            xb, yb = x[s:s+batch_size], y[s:s+batch_size]
            dw = 2 * np.mean((w*xb + b - yb) * xb)
            db = 2 * np.mean(w*xb + b - yb)
            w = w - lr*dw
            b = b - lr*db
    return w, b

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

