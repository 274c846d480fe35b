import numpy as np

def fit_least_squares(x, y):
    X = np.ones((len(x), 2))
    X[:, 0] = x
    theta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    theta = np.zeros(2)          # [w, b]
    X = np.array([x, np.ones_like(x)])
    for epoch in range(epochs):
        order = rng.permutation(X.shape[1])
        for start in range(0, X.shape[1], batch_size):
            cols = order[start:start + batch_size]
            err = theta @ X[:, cols] - y[cols]
            gradient = X[:, cols] @ err / cols.size
            theta += lr * gradient
    return theta[0], theta[1]

def predict(x, w, b):
    """the fitted line at x"""
    return np.multiply(x, w) + b

