import numpy as np


def fit_least_squares(x, y):
    X = np.concatenate([np.ones((len(x), 1)), x[:, None]], axis=1)
    Y = y[:, None]
    theta = np.linalg.pinv(X.T @ X) @ X.T @ Y          # (2, 1)
    return theta[1].squeeze(), theta[0].squeeze()


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    X = np.concatenate([np.ones((len(x), 1)), x[:, None]], axis=1)
    Y = y[:, None]
    theta = np.zeros((2, 1))
    for epoch in range(epochs):
        permutation = rng.permutation(len(X))
        Xs, Ys = X[permutation], Y[permutation]
        for i in range(0, len(Xs), batch_size):
            xi, yi = Xs[i:i + batch_size], Ys[i:i + batch_size]
            gradients = 1 / len(xi) * xi.T @ (xi @ theta - yi)
            theta = theta - lr * gradients
    return theta[1].squeeze(), theta[0].squeeze()


def predict(x, w, b):
    return (x[:, None] @ np.array([[w]], dtype=float) + b).reshape(-1)
