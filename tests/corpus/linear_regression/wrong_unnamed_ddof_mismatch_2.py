import numpy as np


def fit_least_squares(x, y):
    w = np.cov(x, y)[0, 1] / np.var(x)
    return w, np.mean(y) - w * np.mean(x)


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
