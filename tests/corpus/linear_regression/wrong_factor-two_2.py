import numpy as np

def mse_gradient(theta, x, y):
    """MSE = mean((y - w x - b)^2)"""
    w, b = theta
    r = y - w * x - b
    return np.array([np.mean(-2 * x * r), np.mean(-2 * r)])

def fit_least_squares(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    w = dx.dot(dy) / dx.dot(dx)
    return w, y.mean() - w * x.mean()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    theta = np.array([0.0, 0.0])
    for _ in range(epochs):
        idx = rng.choice(len(x), len(x), replace=False)
        for part in [idx[i:i + batch_size] for i in range(0, len(x), batch_size)]:
            theta -= lr * mse_gradient(theta, x[part], y[part])
    return theta

def predict(x, w, b):
    return w * x + b

