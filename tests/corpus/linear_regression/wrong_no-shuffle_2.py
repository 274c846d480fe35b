import numpy as np

def fit_least_squares(x, y):
    X = np.ones((len(x), 2))
    X[:, 0] = x
    theta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    """mini-batch SGD on shuffled data"""
    perm = rng.permutation(len(x))
    x, y = x[perm], y[perm]
    batches = [(x[i:i + batch_size], y[i:i + batch_size]) for i in range(0, len(x), batch_size)]
    w, b = 0.0, 0.0
    for epoch in range(epochs):
        for xb, yb in batches:
            diff = predict(xb, w, b) - yb
            w, b = w - lr * (diff * xb).mean(), b - lr * diff.mean()
    return w, b

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

