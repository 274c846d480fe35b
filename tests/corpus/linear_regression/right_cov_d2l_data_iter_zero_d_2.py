import numpy as np


def fit_least_squares(x, y):
    C = np.cov(np.asarray(x, float), np.asarray(y, float), ddof=0)
    slope = C[0, 1] / C[0, 0]
    return slope, np.mean(y, dtype=float) - slope * np.mean(x, dtype=float)


def data_iter(batch_size, features, labels, rng):
    num_examples = len(features)
    indices = list(range(num_examples))
    rng.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        j = np.array(indices[i: min(i + batch_size, num_examples)])
        yield features[j], labels[j]


def linreg(X, w, b):
    return X * w + b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = np.zeros(()), np.zeros(())
    for epoch in range(epochs):
        for X, Y in data_iter(batch_size, x, y, rng):
            diff = linreg(X, w, b) - Y
            grads = np.sum(diff * X) / len(X), np.sum(diff) / len(X)
            for param, g in zip((w, b), grads):
                param -= lr * g
    return w, b


def predict(x, w, b):
    return w * x + b
